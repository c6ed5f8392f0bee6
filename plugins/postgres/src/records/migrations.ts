/** The tables' version that this release reads and writes. */
export const currentVersion: number = 1;

/**
 * SQL that brings the tables of a schema to the current version, from any before or none: one transaction, one process at a time.
 * Statements of a version are never changed once released; a new one is added.
 */
export function migrationSql(schema: string): string {
  const steps = versions.map(
    (statements, index) => `
      if (select version < ${index + 1} from "${schema}".store) then
        ${statements(`"${schema}"`).join(";\n")};
        update "${schema}".store set version = ${index + 1};
      end if;`,
  );
  // The schema's owner may have made it for a role that must not make any.
  return `
    select pg_advisory_xact_lock(hashtext('runnable ${schema}'));
    do $$ begin
      if to_regnamespace('"${schema}"') is null then create schema "${schema}"; end if;
      create table if not exists "${schema}".store (
        one boolean primary key default true check (one),
        id text not null default gen_random_uuid(),
        version int not null default 0
      );
      insert into "${schema}".store default values on conflict do nothing;${steps.join("")}
    end $$;`;
}

const versions: readonly ((schema: string) => readonly string[])[] = [
  (schema) => [
    `create table ${schema}.run (
      run_id text collate "C" primary key,
      created_at timestamptz not null,
      value json not null,
      writer text not null
    )`,
    // Ids differ not only in case.
    `create unique index run_id_in_any_case on ${schema}.run (lower(run_id) collate "C")`,
    `create index run_newest on ${schema}.run (created_at desc, run_id desc)`,
    // \`json\`, not \`jsonb\`: a record is given back as it was, and may hold \\u0000.
    `create table ${schema}.run_outcome (
      run_id text collate "C" primary key,
      value json not null,
      writer text not null
    )`,
    ...["claim", "heartbeat", "attempt_outcome", "late_outcome"].map(
      (table) => `create table ${schema}.${table} (
        run_id text collate "C",
        attempt int,
        value json not null,
        writer text not null,
        primary key (run_id, attempt)
      )`,
    ),
    `create table ${schema}.output (
      run_id text collate "C",
      attempt int,
      number int,
      text text not null,
      primary key (run_id, attempt, number)
    )`,
    // Rewritten every five seconds: room on the page keeps its index as it is.
    `alter table ${schema}.heartbeat set (fillfactor = 50)`,
  ],
];
