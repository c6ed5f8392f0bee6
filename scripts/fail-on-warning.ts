/** A warning of Node itself (deprecation, leaked listeners, unsettled promise) fails the test run. */
process.on("warning", (warning) => {
  throw warning;
});
