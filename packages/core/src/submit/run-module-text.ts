/** Text of `run.mjs`, which the build puts in: a program in one file brings the job side so. Empty in the sources. */
export const runModuleText: string = "";
