import { startPostgres, type PostgresServer } from "../../engines/postgres/postgres-server.ts";
import { psql } from "../../postgres/psql.ts";
import type { Bench } from "../bench-setup.ts";
import type { Figure } from "../figure.ts";
import { interleave } from "../interleave.ts";
import { newest, millisecondsBetweenRuns, recordsOf } from "../many-runs.ts";
import { timeProcess, wholeTime, type Command } from "../timed-process.ts";
import { trivialJob } from "../trivial-job.ts";

const runs = 100_000;
const listed = 50;
const allowedMs = 80;

/** The newest runs of many that are recorded in PostgreSQL, and a trivial run there; the server is on this machine. */
export async function postgres(bench: Bench): Promise<readonly Figure[]> {
  const started = await startPostgres();
  if (!started) throw new Error("there is no PostgreSQL, and it can't be installed");
  await using own = started;
  const { directory, runnable } = bench.project("postgres", {
    "package.json": JSON.stringify(manifest),
    "runnable-config.yaml": configOf(own.server),
    "trivial.job.ts": trivialJob,
  });
  const run = runnable("run", "trivial.job.ts");
  // The first makes the tables.
  await timeProcess(run);
  await psql(own.server, fillSql());
  const list = runnable("runs", "list", "-n", String(listed));
  await checkListing(runnable("runs", "list", "-n", String(listed), "--json"));

  const times = await interleave(
    { rounds: 11, warmUps: 2 },
    {
      list: wholeTime(list),
      run: wholeTime(run),
      node: wholeTime({ argv: [bench.node, "-e", "0"], cwd: directory }),
    },
  );

  const peer = { name: "node -e 0", ms: times.node };
  return [
    {
      what: `newest ${listed} of ${runs.toLocaleString("en")} runs in PostgreSQL`,
      ms: times.list,
      peer,
      reach: { text: `≤ node + ${allowedMs} ms`, limitMs: times.node + allowedMs },
    },
    { what: "run of a trivial job, recorded in PostgreSQL", ms: times.run, peer },
  ];
}

const manifest = {
  name: "postgres",
  private: true,
  type: "module",
  dependencies: { "@runnable/cli": "*", "@runnable/core": "*", "@runnable/postgres": "*" },
};

function configOf({ host, port, database, user }: PostgresServer): string {
  const config = { host, port, database, user };
  return JSON.stringify({ "run-log-store": { type: "postgres", config } });
}

/** Succeeded runs, as many as the other store is measured with. */
function fillSql(): string {
  const facts = recordsOf("RUN_ID", "CREATED_AT");
  const time = `to_timestamp(${newest / 1000}) - n * interval '${millisecondsBetweenRuns} milliseconds'`;
  const iso = `to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  const filled = (name: keyof typeof facts) =>
    `replace(replace($json$${JSON.stringify(facts[name])}$json$, 'RUN_ID', id), 'CREATED_AT', ${iso})::json`;
  return `create temp table made as select 'bench-' || lpad((${runs} - n)::text, 13, '0') as id, ${time} as at
      from generate_series(0, ${runs - 1}) as n;
    delete from runnable.run;
    insert into runnable.run select id, at, ${filled("run.json")}, '' from made;
    insert into runnable.claim select id, 1, ${filled("attempts/1/claim.json")}, '' from made;
    insert into runnable.attempt_outcome select id, 1, ${filled("attempts/1/outcome.json")}, '' from made;
    insert into runnable.run_outcome select id, ${filled("outcome.json")}, '' from made;
    analyze`;
}

async function checkListing(command: Command): Promise<void> {
  const { stdout } = await timeProcess({ ...command, keepOutput: true });
  const rows: unknown = JSON.parse(stdout);
  const isWhole =
    Array.isArray(rows) &&
    rows.length === listed &&
    rows.every(
      ({ runId, status }, at) =>
        status === "succeeded" && runId === `bench-${String(runs - at).padStart(13, "0")}`,
    );
  if (!isWhole) throw new Error(`not the newest runs: ${stdout}`);
}
