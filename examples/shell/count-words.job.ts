import { shellJob } from "@runnable/core";
import { z } from "zod";

/** Counts the words of the texts in `data`, and keeps the whole list. */
export default shellJob({
  parameters: z.strictObject({
    /** How many of the most frequent words to print. */
    top: z.int().min(1).max(100).default(5),
    /** Shorter words are left out. */
    letters: z.int().min(1).default(4),
  }),
  files: ["data/*.txt"],
  catalog: { put: ["counts.txt"] },
  returns: ["words", "distinct", "mostFrequent"],

  command: `
    set -eu
    tr -cs '[:alpha:]' '\\n' < data/gettysburg-address.txt | tr '[:upper:]' '[:lower:]' |
      grep -E "^.{$RUNNABLE_PRM_letters,}$" > words.txt
    sort words.txt | uniq -c | sort -k1,1nr -k2 > counts.txt
    head -n "$RUNNABLE_PRM_top" counts.txt

    {
      echo "words=$(wc -l < words.txt)"
      echo "distinct=$(wc -l < counts.txt)"
      echo "mostFrequent=$(head -n 1 counts.txt | awk '{ print $2 }')"
    } > "$RUNNABLE_OUTPUT"
  `,
});
