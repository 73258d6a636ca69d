import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
CREATE TABLE "withdrawal" (
  "id" uuid NOT NULL,
  "dataset_id" uuid NOT NULL,
  "number" integer NOT NULL,
  "at" TIMESTAMP WITH TIME ZONE NOT NULL,
  "scope" text NOT NULL,
  "reason" text NOT NULL,
  "principal_id" text,
  "revision" integer NOT NULL,
  CONSTRAINT "PK_withdrawal" PRIMARY KEY ("id")
);
CREATE TABLE "withdrawn_image" (
  "dataset_id" uuid NOT NULL,
  "image_id" uuid NOT NULL,
  "withdrawal_id" uuid NOT NULL,
  "digest" text,
  CONSTRAINT "PK_withdrawn_image" PRIMARY KEY ("dataset_id", "image_id")
);
CREATE TABLE "withdrawal_completion" (
  "withdrawal_id" uuid NOT NULL,
  "at" TIMESTAMP WITH TIME ZONE NOT NULL,
  "snapshots" integer NOT NULL,
  "renderings" integer NOT NULL,
  "blobs" integer NOT NULL,
  CONSTRAINT "PK_withdrawal_completion" PRIMARY KEY ("withdrawal_id")
);
CREATE TABLE "snapshot_view" (
  "snapshot" text NOT NULL,
  "view" integer NOT NULL,
  "withdrawal_id" uuid NOT NULL,
  CONSTRAINT "PK_snapshot_view" PRIMARY KEY ("snapshot", "view")
);
CREATE TABLE "snapshot_view_file" (
  "snapshot" text NOT NULL,
  "view" integer NOT NULL,
  "name" text NOT NULL,
  "digest" text NOT NULL,
  "size" bigint NOT NULL,
  CONSTRAINT "PK_snapshot_view_file" PRIMARY KEY ("snapshot", "view", "name")
);
CREATE TABLE "snapshot_withdrawal" (
  "snapshot" text NOT NULL,
  "image_id" uuid NOT NULL,
  "view" integer NOT NULL,
  "withdrawal_id" uuid NOT NULL,
  "leaf" text NOT NULL,
  CONSTRAINT "PK_snapshot_withdrawal" PRIMARY KEY ("snapshot", "image_id")
);
CREATE INDEX "IDX_4cea82d4f08cb5060b4b9f07be" ON "withdrawn_image" ("digest");
CREATE INDEX "IDX_25b58c6d0a9ae464b3842c7390" ON "withdrawn_image" ("withdrawal_id");
CREATE INDEX "IDX_7a085fd512922728c02db66755" ON "snapshot_view" ("withdrawal_id");
CREATE INDEX "IDX_6aa1021f21b54441806e808e2c" ON "snapshot_view_file" ("digest");
CREATE INDEX "IDX_a2e87e7d3cb50fadfbfc627531" ON "snapshot_withdrawal" ("withdrawal_id");
ALTER TABLE "withdrawal" ADD CONSTRAINT "UQ_8b1eeca88da94131bea76dae8f6" UNIQUE ("dataset_id", "number");
`;

/** Written once, for good. */
const SEALED = [
  'withdrawal',
  'withdrawn_image',
  'withdrawal_completion',
  'snapshot_view',
  'snapshot_view_file',
  'snapshot_withdrawal',
];

/**
 * What may be erased, and of whom alone: rows of an image whose tombstone stands, and reports of a dataset that something was
 * withdrawn from, which are computed anew from what is left. Everything else is refused as before.
 */
const ERASURE = `
CREATE FUNCTION holotype_erase_withdrawn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "withdrawn_image" w WHERE w.dataset_id = OLD.dataset_id AND w.image_id = OLD.image_id) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'holotype: % of % is refused: it is append-only', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION holotype_erase_withdrawn_item() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "consensus" c JOIN "withdrawn_image" w ON w.dataset_id = c.dataset_id
             WHERE c.id = OLD.consensus AND w.image_id = OLD.image_id) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'holotype: % of % is refused: it is append-only', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION holotype_erase_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM "withdrawal" w WHERE w.dataset_id = OLD.dataset_id) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'holotype: % of % is refused: it is append-only', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION holotype_image_only_closes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  erased jsonb;
BEGIN
  IF EXISTS (SELECT 1 FROM "withdrawn_image" w WHERE w.dataset_id = OLD.dataset_id AND w.image_id = OLD.image_id) THEN
    erased := jsonb_build_object(
      'until', OLD.since, 'name', 'withdrawn/' || OLD.image_id, 'digest', NULL, 'address', NULL, 'media_type', NULL,
      'size', NULL, 'width', NULL, 'height', NULL, 'salt', NULL, 'annotation_salt', NULL, 'metadata_salt', NULL);
    IF to_jsonb(NEW) = to_jsonb(OLD) || erased THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION 'holotype: a withdrawn image may only be erased' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.until <> 2147483647 OR NEW.until = 2147483647
     OR to_jsonb(OLD) - 'until' IS DISTINCT FROM to_jsonb(NEW) - 'until' THEN
    RAISE EXCEPTION 'holotype: a row of % may only be closed, never overwritten', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
`;

const OF_AN_IMAGE = ['acquisition', 'annotation', 'exclusion', 'round_assignment'];

/** Images taken back: their tombstones, the views of snapshots without them, and leave to erase what else was known. */
export class Withdrawals1765400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(ERASURE);
    for (const table of SEALED)
      await runner.query(
        `CREATE TRIGGER refused BEFORE UPDATE OR DELETE ON "${table}" FOR EACH ROW EXECUTE FUNCTION holotype_refuse();
         CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "${table}" FOR EACH STATEMENT EXECUTE FUNCTION holotype_refuse()`,
      );
    for (const table of OF_AN_IMAGE)
      await runner.query(
        `DROP TRIGGER refused ON "${table}";
         CREATE TRIGGER refused BEFORE DELETE ON "${table}" FOR EACH ROW EXECUTE FUNCTION holotype_erase_withdrawn()`,
      );
    await runner.query(
      `DROP TRIGGER refused ON "consensus_item";
       CREATE TRIGGER refused BEFORE DELETE ON "consensus_item" FOR EACH ROW EXECUTE FUNCTION holotype_erase_withdrawn_item();
       CREATE TRIGGER only_erased BEFORE UPDATE ON "consensus_item" FOR EACH ROW EXECUTE FUNCTION holotype_refuse()`,
    );
    await runner.query(
      `DROP TRIGGER only_close ON "image";
       CREATE TRIGGER only_close BEFORE UPDATE ON "image" FOR EACH ROW EXECUTE FUNCTION holotype_image_only_closes()`,
    );
    await runner.query(
      `DROP TRIGGER refused ON "bias_report";
       CREATE TRIGGER refused BEFORE UPDATE OR DELETE ON "bias_report" FOR EACH ROW EXECUTE FUNCTION holotype_erase_report()`,
    );
  }

  /** Forward only: what was withdrawn stays so. */
  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
