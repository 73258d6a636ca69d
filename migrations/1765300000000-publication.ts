import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
CREATE TABLE "publication_rules" ("dataset_id" uuid NOT NULL, "version" integer NOT NULL, "principal_id" text NOT NULL, "declared_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_52257a5b131ddfc6294b484ddc0" PRIMARY KEY ("dataset_id", "version"));
CREATE TABLE "publication_rule" ("dataset_id" uuid NOT NULL, "version" integer NOT NULL, "position" integer NOT NULL, "kind" text NOT NULL, "subject" text, "threshold" double precision, CONSTRAINT "PK_0709569b188d922c98b436bb911" PRIMARY KEY ("dataset_id", "version", "position"));
CREATE TABLE "snapshot_proposal" ("row_id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL, "id" uuid NOT NULL, "dataset_id" uuid NOT NULL, "digest" text NOT NULL, "revision" integer NOT NULL, "header" text NOT NULL, "image_count" integer NOT NULL, "reference_count" integer NOT NULL, "annotation_count" integer NOT NULL, "tag" text, "message" text, "rules_version" integer NOT NULL, "principal_id" text NOT NULL, "proposed_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "UQ_95d0583c8035fd8005f0578e875" UNIQUE ("id"), CONSTRAINT "PK_4216bced4c6f934323ecb505b39" PRIMARY KEY ("row_id"));
CREATE INDEX "IDX_d4aaa286eda813b653c627250f" ON "snapshot_proposal"  ("digest", "row_id");
CREATE INDEX "IDX_bce6219bc4c2ca5fedaf921621" ON "snapshot_proposal"  ("dataset_id", "row_id");
CREATE TABLE "snapshot_proposal_file" ("proposal" uuid NOT NULL, "name" text NOT NULL, "digest" text NOT NULL, "size" bigint NOT NULL, CONSTRAINT "PK_cba760ec62ba155e9ca75783543" PRIMARY KEY ("proposal", "name"));
CREATE TABLE "snapshot_proposal_finding" ("proposal" uuid NOT NULL, "position" integer NOT NULL, "outcome" text NOT NULL, "sentence" text NOT NULL, "figure" text, CONSTRAINT "PK_413423f869167a0f76b2e6a455b" PRIMARY KEY ("proposal", "position"));
CREATE TABLE "snapshot_proposal_review" ("proposal" uuid NOT NULL, "principal_id" text NOT NULL, "verdict" text NOT NULL, "comment" text NOT NULL, "reviewed_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_aa5c9a4092d1ff850441392464e" PRIMARY KEY ("proposal", "principal_id"));
CREATE TABLE "snapshot_proposal_waiver" ("proposal" uuid NOT NULL, "rule" text NOT NULL, "reason" text NOT NULL, "principal_id" text NOT NULL, "waived_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_fcb4c832d86489d7283f852fcf2" PRIMARY KEY ("proposal", "rule"));
CREATE TABLE "snapshot_proposal_end" ("proposal" uuid NOT NULL, "state" text NOT NULL, "principal_id" text NOT NULL, "ended_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_1907713c6d893bcfea69cc97c33" PRIMARY KEY ("proposal"));
`;

const SEALED = [
  'publication_rules',
  'publication_rule',
  'snapshot_proposal',
  'snapshot_proposal_file',
  'snapshot_proposal_finding',
  'snapshot_proposal_review',
  'snapshot_proposal_waiver',
  'snapshot_proposal_end',
];

/** The rules of a version go before it: a version that is declared takes no more of them. */
const COMPLETE = `
CREATE FUNCTION holotype_rules_are_declared() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "publication_rules" r WHERE r.dataset_id = NEW.dataset_id AND r.version = NEW.version) THEN
    RAISE EXCEPTION 'holotype: version % of the rules is declared; it takes no more of them', NEW.version USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER complete BEFORE INSERT ON "publication_rule" FOR EACH ROW EXECUTE FUNCTION holotype_rules_are_declared();
`;

/** Rules of publication by version, and what was proposed, found, said, waived and decided of a snapshot: written once. */
export class Publication1765300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(COMPLETE);
    for (const table of SEALED) {
      await runner.query(
        `CREATE TRIGGER refused BEFORE UPDATE OR DELETE ON "${table}" FOR EACH ROW EXECUTE FUNCTION holotype_refuse()`,
      );
      await runner.query(
        `CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "${table}" FOR EACH STATEMENT EXECUTE FUNCTION holotype_refuse()`,
      );
    }
  }

  /** Forward only: what was decided stays. */
  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
