import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
CREATE TABLE "dataset_terms" ("row_id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL, "dataset_id" uuid NOT NULL, "since" integer NOT NULL, "until" integer NOT NULL DEFAULT '2147483647', "version" integer NOT NULL, "licence" text, "data_use_terms" text array NOT NULL, "visibility" text NOT NULL, "embargo_until" TIMESTAMP WITH TIME ZONE, "acceptance" text NOT NULL, "consent" text NOT NULL, "text" text NOT NULL, CONSTRAINT "PK_af6292eab7dafe6fafc3ee43ed3" PRIMARY KEY ("row_id"));
CREATE UNIQUE INDEX "IDX_6d0a5a949958bd24bb433ae136" ON "dataset_terms"  ("dataset_id", "version");
CREATE UNIQUE INDEX "IDX_ce6bc37f153310a6eb5a38fd6b" ON "dataset_terms"  ("dataset_id") WHERE "until" = 2147483647;
CREATE TABLE "terms_acceptance" ("row_id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL, "dataset_id" uuid NOT NULL, "version" integer NOT NULL, "principal_id" text NOT NULL, "purposes" text array NOT NULL, "statement" text, "accepted_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_b5854b9e96f6d295891149045ff" PRIMARY KEY ("row_id"));
CREATE INDEX "IDX_9591eed8b953a6d9b6b4dd70a2" ON "terms_acceptance"  ("dataset_id", "row_id");
CREATE INDEX "IDX_7584e98601a90c7c5e7c3dc672" ON "terms_acceptance"  ("dataset_id", "principal_id", "version");
CREATE TABLE "subject_consent" ("row_id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL, "dataset_id" uuid NOT NULL, "since" integer NOT NULL, "until" integer NOT NULL DEFAULT '2147483647', "subject" text NOT NULL, "scopes" text array NOT NULL, "ends_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "PK_2567548277eb0acbc6b2a7ca284" PRIMARY KEY ("row_id"));
CREATE UNIQUE INDEX "IDX_bac04dcef69a082f07d103dc23" ON "subject_consent"  ("dataset_id", "subject") WHERE "until" = 2147483647;
CREATE TABLE "open_scope" ("scope" text NOT NULL, "since" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_781bca503b60ca3c5a4a3a441b6" PRIMARY KEY ("scope"));
`;

/** A consent is erased with its subject alone: after a withdrawal, when no image of the dataset names the subject any more. */
const REFUSALS = `
CREATE FUNCTION holotype_erase_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "withdrawal" w WHERE w.dataset_id = OLD.dataset_id)
     AND NOT EXISTS (SELECT 1 FROM "acquisition" a WHERE a.dataset_id = OLD.dataset_id AND a.subject = OLD.subject) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'holotype: % of % is refused: it is append-only', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER only_close BEFORE UPDATE ON "dataset_terms" FOR EACH ROW EXECUTE FUNCTION holotype_only_close();
CREATE TRIGGER refused BEFORE DELETE ON "dataset_terms" FOR EACH ROW EXECUTE FUNCTION holotype_refuse();
CREATE TRIGGER only_close BEFORE UPDATE ON "subject_consent" FOR EACH ROW EXECUTE FUNCTION holotype_only_close();
CREATE TRIGGER refused BEFORE DELETE ON "subject_consent" FOR EACH ROW EXECUTE FUNCTION holotype_erase_consent();
CREATE TRIGGER refused BEFORE UPDATE OR DELETE ON "terms_acceptance" FOR EACH ROW EXECUTE FUNCTION holotype_refuse();
`;

/** Terms by version, who accepted them and for what, to what subjects consent, and which scopes are open to everyone. */
export class Terms1765600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(REFUSALS);
    for (const table of ['dataset_terms', 'terms_acceptance', 'subject_consent'])
      await runner.query(
        `CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "${table}" FOR EACH STATEMENT EXECUTE FUNCTION holotype_refuse()`,
      );
  }

  /** Forward only: what was declared and accepted stays. */
  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
