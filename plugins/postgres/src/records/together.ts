/** Answers for many questions, in their order. */
export type AnswerAll<Question, Answer> = (
  questions: readonly Question[],
) => Promise<readonly Answer[]>;

/** Somebody who waits. */
interface Waiting<Question, Answer> {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** Asks at once what is asked in one turn of the event loop: a list of runs asks for hundreds of rows. */
export function together<Question, Answer>(
  answerAll: AnswerAll<Question, Answer>,
): (question: Question) => Promise<Answer> {
  let waiting: Waiting<Question, Answer>[] = [];

  async function flush(): Promise<void> {
    const asked = waiting;
    waiting = [];
    try {
      const answers = await answerAll(asked.map(({ question }) => question));
      for (const [at, answer] of answers.entries()) asked[at]?.resolve(answer);
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  }

  return (question) =>
    new Promise((resolve, reject) => {
      if (waiting.push({ question, resolve, reject }) === 1) setImmediate(() => void flush());
    });
}
