import { describe, expect, it } from "vitest";

import { readJson } from "../../src/files/read-json.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

describe("readJson", () => {
  it("gives the object of a file", async () => {
    await using temporary = await temporaryDirectory({
      "a.json": `{"name": "é", "list": [1, null]}`,
    });

    expect(await readJson(temporary.path("a.json"))).toEqual({ name: "é", list: [1, null] });
  });

  it.each(["missing.json", "file/inside.json", "empty.json"])(
    "takes %s as absent",
    async (name) => {
      await using temporary = await temporaryDirectory({ file: "text", "empty.json": "" });

      expect(await readJson(temporary.path(name))).toBeUndefined();
    },
  );

  it.each([`{"status": "succ`, "[1]", "null", `"text"`, "\0\0\0"])(
    "refuses a file that holds %j, naming it",
    async (content) => {
      await using temporary = await temporaryDirectory({ "outcome.json": content });
      const path = temporary.path("outcome.json");

      const reading = readJson(path);

      await expect(reading).rejects.toMatchObject({
        code: "RECORD_UNREADABLE",
        exitCode: 78,
        message: expect.stringContaining(path),
      });
    },
  );

  it("refuses a directory", async () => {
    await using temporary = await temporaryDirectory({ "outcome.json/file": "" });

    await expect(readJson(temporary.path("outcome.json"))).rejects.toMatchObject({
      code: "RECORD_UNREADABLE",
    });
  });
});
