/**
 * What is left of a deadline that began when this function was called; `submittedMs` is what the submitter said was left, when
 * it submitted a later attempt.
 */
export function deadlineFrom(
  submittedMs: number | undefined,
): (deadlineMs: number | undefined) => number | undefined {
  const started = performance.now();
  return (deadlineMs) => {
    const whole = submittedMs ?? deadlineMs;
    return whole === undefined ? undefined : Math.max(0, whole - (performance.now() - started));
  };
}
