import { chmod, constants, copyFile } from "node:fs/promises";

/**
 * Makes a copy that shares its bytes with the source until one of them changes, in no time and without space; false, and nothing
 * is left, where the file system can't: only XFS, Btrfs, APFS and their like can, within one file system. The target must not exist.
 */
export async function cloneFile(source: string, target: string, mode: number): Promise<boolean> {
  try {
    await copyFile(source, target, constants.COPYFILE_FICLONE_FORCE | constants.COPYFILE_EXCL);
  } catch {
    // Whatever the reason is, an ordinary copy works or names it.
    return false;
  }
  await chmod(target, mode);
  return true;
}
