import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
CREATE TABLE "target_stratum" (
  "row_id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  "dataset_id" uuid NOT NULL,
  "since" integer NOT NULL,
  "until" integer NOT NULL DEFAULT '2147483647',
  "target" text NOT NULL,
  "levels" text NOT NULL,
  "share" text NOT NULL,
  "structural_zero" boolean NOT NULL,
  "source" text NOT NULL,
  "dated" text,
  CONSTRAINT "PK_eda4e7b225b4d10ee6e1d514c05" PRIMARY KEY ("row_id")
);
CREATE UNIQUE INDEX "IDX_0b93530bb7ebe1713195a2a6d4" ON "target_stratum" ("dataset_id", "target", "levels") WHERE "until" = 2147483647;
CREATE TABLE "bias_threshold" (
  "row_id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  "dataset_id" uuid NOT NULL,
  "since" integer NOT NULL,
  "until" integer NOT NULL DEFAULT '2147483647',
  "statistic" text NOT NULL,
  "side" text NOT NULL,
  "amber" double precision NOT NULL,
  "red" double precision NOT NULL,
  "source" text NOT NULL,
  CONSTRAINT "PK_67abbd32332098d1edbf0e31737" PRIMARY KEY ("row_id")
);
CREATE UNIQUE INDEX "IDX_5a9ddd080303d332da249548be" ON "bias_threshold" ("dataset_id", "statistic", "side") WHERE "until" = 2147483647;
CREATE TABLE "bias_report" (
  "row_id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  "id" text NOT NULL,
  "dataset_id" uuid NOT NULL,
  "revision" integer NOT NULL,
  "kind" text NOT NULL,
  "request" text NOT NULL,
  "colour" text NOT NULL,
  "result" text NOT NULL,
  "made_at" TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT "UQ_72a341ab9688a80cefab31d6ef9" UNIQUE ("id"),
  CONSTRAINT "PK_516e556487f9b18c8d2b7ae8f1a" PRIMARY KEY ("row_id")
);
CREATE INDEX "IDX_7fc5341d086af7bbdba03a67e2" ON "bias_report" ("dataset_id", "row_id");
CREATE TABLE "bias_report_request" (
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "dataset_id" uuid NOT NULL,
  "report" text NOT NULL,
  "request" text NOT NULL,
  "state" text NOT NULL,
  "done" integer NOT NULL,
  "total" integer NOT NULL,
  "fault" text,
  "requested_by" text NOT NULL,
  "requested_at" TIMESTAMP WITH TIME ZONE NOT NULL,
  "finished_at" TIMESTAMP WITH TIME ZONE,
  CONSTRAINT "PK_69274d4ee4dfa149dbfef0c8527" PRIMARY KEY ("id")
);
CREATE TABLE "refused_image" (
  "row_id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  "dataset_id" uuid NOT NULL,
  "since" integer NOT NULL,
  "until" integer NOT NULL DEFAULT '2147483647',
  "name" text NOT NULL,
  "stage" text NOT NULL,
  "code" text NOT NULL,
  "reason" text NOT NULL,
  "refused_by" text,
  CONSTRAINT "PK_9c6b0c6179faa16740b6b64213e" PRIMARY KEY ("row_id")
);
CREATE UNIQUE INDEX "IDX_8fda1feff504bd8d5284733d61" ON "refused_image" ("dataset_id", "name") WHERE "until" = 2147483647;
CREATE TABLE "declared_duplicate" (
  "row_id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  "dataset_id" uuid NOT NULL,
  "since" integer NOT NULL,
  "until" integer NOT NULL DEFAULT '2147483647',
  "first_image" uuid NOT NULL,
  "second_image" uuid NOT NULL,
  "judgement" text NOT NULL,
  "source" text NOT NULL,
  CONSTRAINT "PK_a217e6d463d6f4d3c64d57762bf" PRIMARY KEY ("row_id")
);
CREATE UNIQUE INDEX "IDX_f8a6240d49f1429a23507a2ebd" ON "declared_duplicate" ("dataset_id", "first_image", "second_image") WHERE "until" = 2147483647;
`;

/** Governed as in the first house: a row may only cease to hold. */
const GOVERNED = ['target_stratum', 'bias_threshold', 'refused_image', 'declared_duplicate'];

/** Written once, for good. */
const SEALED = ['bias_report'];

/** What the bias reports are made of and kept in. */
export class SignedReports1764100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    for (const table of GOVERNED) {
      await runner.query(
        `CREATE TRIGGER only_close BEFORE UPDATE ON "${table}" FOR EACH ROW EXECUTE FUNCTION holotype_only_close()`,
      );
      await refuse(runner, table, 'DELETE');
    }
    for (const table of SEALED) {
      await refuse(runner, table, 'UPDATE OR DELETE');
    }
  }

  /** Forward only: the record is append-only, and so is its shape. */
  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}

async function refuse(runner: QueryRunner, table: string, operation: string): Promise<void> {
  await runner.query(
    `CREATE TRIGGER refused BEFORE ${operation} ON "${table}" FOR EACH ROW EXECUTE FUNCTION holotype_refuse();
     CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "${table}" FOR EACH STATEMENT EXECUTE FUNCTION holotype_refuse()`,
  );
}
