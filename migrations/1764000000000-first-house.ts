import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
CREATE TABLE "acquisition" (
  "row_id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  "dataset_id" uuid NOT NULL,
  "since" integer NOT NULL,
  "until" integer NOT NULL DEFAULT '2147483647',
  "image_id" uuid NOT NULL,
  "unit" text NOT NULL,
  "unit_known" boolean NOT NULL,
  "bucket" smallint NOT NULL,
  "captured_at" text,
  "site" text,
  "device" text,
  "operator" text,
  "session" text,
  "subject" text,
  "protocol" text,
  "stage" text,
  "view" text,
  "distance" text,
  "angle" text,
  "magnification" text,
  "pixel_size" text,
  "illumination" text,
  "weather" text,
  "declared" jsonb NOT NULL,
  "restricted" jsonb NOT NULL,
  "sources" jsonb NOT NULL,
  CONSTRAINT "PK_c0f91ae70711f2850a5d1b40ff6" PRIMARY KEY ("row_id")
);
CREATE UNIQUE INDEX "IDX_b511c938e06139df49c8c8222c" ON "acquisition" ("dataset_id", "image_id", "since");
CREATE TABLE "declared_factor" (
  "row_id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  "dataset_id" uuid NOT NULL,
  "since" integer NOT NULL,
  "until" integer NOT NULL DEFAULT '2147483647',
  "name" text NOT NULL,
  "kind" text NOT NULL,
  "unit" text,
  CONSTRAINT "PK_255dbbe3a63af42d5beb0175e27" PRIMARY KEY ("row_id")
);
CREATE UNIQUE INDEX "IDX_2b231d219e61e7fb174a79cd24" ON "declared_factor" ("dataset_id", "name") WHERE "until" = 2147483647;
CREATE TABLE "annotator" (
  "row_id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  "dataset_id" uuid NOT NULL,
  "since" integer NOT NULL,
  "until" integer NOT NULL DEFAULT '2147483647',
  "pseudonym" text NOT NULL,
  "kind" text NOT NULL,
  "expertise" text,
  CONSTRAINT "PK_affcdc4452c819f5a765baef0a9" PRIMARY KEY ("row_id")
);
CREATE UNIQUE INDEX "IDX_9add8bf7f18b2f0fc9b76a9114" ON "annotator" ("dataset_id", "pseudonym") WHERE "until" = 2147483647;
CREATE TABLE "guideline" (
  "row_id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  "dataset_id" uuid NOT NULL,
  "since" integer NOT NULL,
  "until" integer NOT NULL DEFAULT '2147483647',
  "version" text NOT NULL,
  "text" text NOT NULL,
  CONSTRAINT "PK_800be9c147f08ded4871f52458f" PRIMARY KEY ("row_id")
);
CREATE UNIQUE INDEX "IDX_fa6c42006f60b65e4df48c464f" ON "guideline" ("dataset_id", "version") WHERE "until" = 2147483647;
CREATE TABLE "annotation_round" (
  "row_id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  "dataset_id" uuid NOT NULL,
  "since" integer NOT NULL,
  "until" integer NOT NULL DEFAULT '2147483647',
  "name" text NOT NULL,
  "guideline_version" text,
  "blind" boolean NOT NULL,
  "state" text NOT NULL,
  CONSTRAINT "PK_1c12efa6143de573f7f876235c7" PRIMARY KEY ("row_id")
);
CREATE UNIQUE INDEX "IDX_aa766fb98a944ee2e9f197a084" ON "annotation_round" ("dataset_id", "name") WHERE "until" = 2147483647;
CREATE TABLE "annotation" (
  "row_id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  "dataset_id" uuid NOT NULL,
  "since" integer NOT NULL,
  "until" integer NOT NULL DEFAULT '2147483647',
  "annotation_id" uuid NOT NULL,
  "image_id" uuid NOT NULL,
  "annotator" text NOT NULL,
  "round" text,
  "kind" text NOT NULL,
  "label" text,
  "attribute" text,
  "value" text,
  "geometry" jsonb,
  "confidence" text,
  "seconds" text,
  "annotated_at" text,
  "attributes" jsonb NOT NULL,
  "occurrence" integer NOT NULL,
  "source" text,
  "supersedes" uuid,
  CONSTRAINT "PK_ce2a85b10869076161155dcdb12" PRIMARY KEY ("row_id")
);
CREATE INDEX "IDX_3fd4a6ef9d51bd11e45936eb50" ON "annotation" ("dataset_id", "image_id");
CREATE UNIQUE INDEX "IDX_d8deac69e00d59f71af05c9b29" ON "annotation" ("dataset_id", "annotation_id") WHERE "until" = 2147483647;
CREATE TABLE "target_share" (
  "row_id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  "dataset_id" uuid NOT NULL,
  "since" integer NOT NULL,
  "until" integer NOT NULL DEFAULT '2147483647',
  "target" text NOT NULL,
  "factor" text NOT NULL,
  "level" text NOT NULL,
  "share" text NOT NULL,
  "source" text NOT NULL,
  "dated" text,
  CONSTRAINT "PK_d57196e88568a5d204d44c6415e" PRIMARY KEY ("row_id")
);
CREATE UNIQUE INDEX "IDX_a4e6e92fdb05dde999028fd5d2" ON "target_share" ("dataset_id", "target", "factor", "level") WHERE "until" = 2147483647;
CREATE TABLE "dataset" (
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "slug" text NOT NULL,
  "sensitivity" text NOT NULL,
  "unit" text NOT NULL,
  "revision" integer NOT NULL,
  "created_at" TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT "UQ_531bebeb911275d8f4b501dd746" UNIQUE ("slug"),
  CONSTRAINT "PK_36c1c67adb3d1dd69ae57f18913" PRIMARY KEY ("id")
);
CREATE TABLE "revision" (
  "dataset_id" uuid NOT NULL,
  "number" integer NOT NULL,
  "at" TIMESTAMP WITH TIME ZONE NOT NULL,
  "principal_id" text,
  "summary" text NOT NULL,
  CONSTRAINT "PK_524fd5a0255006cced83a1e27ad" PRIMARY KEY ("dataset_id", "number")
);
CREATE TABLE "dataset_description" (
  "row_id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  "dataset_id" uuid NOT NULL,
  "since" integer NOT NULL,
  "until" integer NOT NULL DEFAULT '2147483647',
  "title" text NOT NULL,
  "description" text NOT NULL,
  "licence" text,
  "custodian" text,
  "data_use_terms" text array NOT NULL,
  CONSTRAINT "PK_40b2f44aeaa173bbcdc2ed4a2fe" PRIMARY KEY ("row_id")
);
CREATE UNIQUE INDEX "IDX_b0807599e0f68592d57e4ab900" ON "dataset_description" ("dataset_id") WHERE "until" = 2147483647;
CREATE TABLE "label_class" (
  "row_id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  "dataset_id" uuid NOT NULL,
  "since" integer NOT NULL,
  "until" integer NOT NULL DEFAULT '2147483647',
  "name" text NOT NULL,
  "iri" text,
  "position" integer NOT NULL,
  CONSTRAINT "PK_ea42e5df3eaba9095fb780b4380" PRIMARY KEY ("row_id")
);
CREATE UNIQUE INDEX "IDX_66f8aaea951d0fad1cbd118fb6" ON "label_class" ("dataset_id", "name") WHERE "until" = 2147483647;
CREATE TABLE "image" (
  "row_id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  "dataset_id" uuid NOT NULL,
  "since" integer NOT NULL,
  "until" integer NOT NULL DEFAULT '2147483647',
  "image_id" uuid NOT NULL,
  "name" text NOT NULL,
  "digest" text,
  "pixels" text NOT NULL,
  "address" text,
  "media_type" text,
  "size" bigint,
  "width" integer,
  "height" integer,
  "salt" text,
  "annotation_salt" text,
  "metadata_salt" text,
  CONSTRAINT "PK_2cd6be6ac0cb9fa8b5a59c77125" PRIMARY KEY ("row_id")
);
CREATE INDEX "IDX_9b5ee6e1a7010e991337d11f68" ON "image" ("digest");
CREATE UNIQUE INDEX "IDX_183b30a0271ac426d111cb4e2d" ON "image" ("dataset_id", "image_id", "since");
CREATE UNIQUE INDEX "IDX_994680d7008cca3f1d0bec87c5" ON "image" ("dataset_id", "name") WHERE "until" = 2147483647;
CREATE TABLE "exclusion" (
  "row_id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  "dataset_id" uuid NOT NULL,
  "since" integer NOT NULL,
  "until" integer NOT NULL DEFAULT '2147483647',
  "image_id" uuid NOT NULL,
  "stage" text NOT NULL,
  "reason" text NOT NULL,
  "excluded_by" text,
  CONSTRAINT "PK_27a005eef541057b0a0dbcab768" PRIMARY KEY ("row_id")
);
CREATE UNIQUE INDEX "IDX_8147c02d512718e4840fe44df0" ON "exclusion" ("dataset_id", "image_id") WHERE "until" = 2147483647;
CREATE TABLE "principal" (
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "name" text NOT NULL,
  "kind" text NOT NULL,
  "created_at" TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT "UQ_8a389581dfb18b6bdf43ac46ba4" UNIQUE ("name"),
  CONSTRAINT "PK_b3ff9fc87cb26d8e16f1cc56745" PRIMARY KEY ("id")
);
CREATE TABLE "access_token" (
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "principal_id" uuid NOT NULL,
  "label" text NOT NULL,
  "hash" text NOT NULL,
  "scopes" text array NOT NULL,
  "created_at" TIMESTAMP WITH TIME ZONE NOT NULL,
  "expires_at" TIMESTAMP WITH TIME ZONE,
  "revoked_at" TIMESTAMP WITH TIME ZONE,
  CONSTRAINT "UQ_64c327441248bae40f7d92f34f3" UNIQUE ("hash"),
  CONSTRAINT "PK_f20f028607b2603deabd8182d12" PRIMARY KEY ("id")
);
CREATE INDEX "IDX_4e59a89da8ce025dbf284b3f56" ON "access_token" ("principal_id");
CREATE TABLE "role_grant" (
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "principal_id" uuid NOT NULL,
  "scope" text NOT NULL,
  "role" text NOT NULL,
  "granted_by" text NOT NULL,
  "granted_at" TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT "UQ_0b23b039f72f1190d46f0f9e029" UNIQUE ("principal_id", "scope", "role"),
  CONSTRAINT "PK_b9e50aafa723c536731c38529fb" PRIMARY KEY ("id")
);
CREATE TABLE "audit_event" (
  "sequence" bigint NOT NULL,
  "at" text NOT NULL,
  "principal_id" text,
  "action" text NOT NULL,
  "subject" text NOT NULL,
  "phase" text NOT NULL,
  "request_id" text NOT NULL,
  "detail" text NOT NULL,
  "previous_hash" text NOT NULL,
  "hash" text NOT NULL,
  CONSTRAINT "PK_66828d3e1b4bbb935f84fdf5447" PRIMARY KEY ("sequence")
);
CREATE INDEX "IDX_928b07950e9e60372d8d5ff1c9" ON "audit_event" ("subject", "sequence");
CREATE TABLE "audit_head" (
  "id" integer NOT NULL,
  "sequence" bigint NOT NULL,
  "hash" text NOT NULL,
  CONSTRAINT "PK_d3ed64edb3e208e83ccb5da589a" PRIMARY KEY ("id")
);
CREATE TABLE "content_facts" (
  "digest" text NOT NULL,
  "media_type" text NOT NULL,
  "size" bigint NOT NULL,
  "width" integer NOT NULL,
  "height" integer NOT NULL,
  "orientation" smallint,
  "bit_depth" smallint NOT NULL,
  "sample_format" text NOT NULL,
  "channels" smallint NOT NULL,
  "pages" integer NOT NULL,
  "colour_space" text NOT NULL,
  "was_lossy" boolean NOT NULL,
  "mean" double precision,
  "contrast" double precision,
  "robust_contrast" double precision,
  "sharpness" double precision,
  "noise" double precision,
  "clipped_high" double precision,
  "clipped_low" double precision,
  "saturation" double precision,
  "red_green_cast" double precision,
  "blue_green_cast" double precision,
  "quality_reasons" jsonb NOT NULL,
  "difference_hash" text,
  "thumbnail32" bytea,
  "thumbnail_digest" text,
  "exif" jsonb NOT NULL,
  CONSTRAINT "PK_31a26cd7e4539e7caab8c242a0a" PRIMARY KEY ("digest")
);
CREATE TABLE "snapshot" (
  "digest" text NOT NULL,
  "dataset_id" uuid NOT NULL,
  "revision" integer NOT NULL,
  "header" text NOT NULL,
  "image_count" integer NOT NULL,
  "reference_count" integer NOT NULL,
  "annotation_count" integer NOT NULL,
  "state" text NOT NULL,
  "published_at" TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT "PK_6522bc2d3b61bab88bb5d39f4dc" PRIMARY KEY ("digest")
);
CREATE INDEX "IDX_013fb44ea2b1f5b7c2c17f3e62" ON "snapshot" ("dataset_id", "published_at");
CREATE TABLE "snapshot_file" (
  "snapshot" text NOT NULL,
  "name" text NOT NULL,
  "digest" text NOT NULL,
  "size" bigint NOT NULL,
  CONSTRAINT "PK_3673381f2f288c6af29a141b874" PRIMARY KEY ("snapshot", "name")
);
CREATE TABLE "snapshot_tag" (
  "dataset_id" uuid NOT NULL,
  "tag" text NOT NULL,
  "snapshot" text NOT NULL,
  "created_at" TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT "PK_3c465563e52216a08e7bee1d9cd" PRIMARY KEY ("dataset_id", "tag")
);
CREATE TABLE "split" (
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "dataset_id" uuid NOT NULL,
  "name" text NOT NULL,
  "revision" integer NOT NULL,
  "state" text NOT NULL,
  "request" text NOT NULL,
  "document" text NOT NULL,
  "digest" text NOT NULL,
  "certificate" text NOT NULL,
  "waiver" text,
  "created_at" TIMESTAMP WITH TIME ZONE NOT NULL,
  "frozen_at" TIMESTAMP WITH TIME ZONE,
  CONSTRAINT "UQ_20c34bff0f3c4e35f93b12e7908" UNIQUE ("dataset_id", "name"),
  CONSTRAINT "PK_a656ea46749d1567ca7e7d5923a" PRIMARY KEY ("id")
);
CREATE TABLE "split_assignment" (
  "split_id" uuid NOT NULL,
  "image_id" uuid NOT NULL,
  "part" text NOT NULL,
  CONSTRAINT "PK_fc19c6f6cdf685ea9de8065b36f" PRIMARY KEY ("split_id", "image_id")
);
CREATE TABLE "training_run" (
  "row_id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  "id" uuid NOT NULL,
  "dataset_id" uuid NOT NULL,
  "snapshot" text NOT NULL,
  "model" text NOT NULL,
  "split" text,
  "part" text,
  "fold" integer,
  "repeat" integer,
  "seed" text,
  "code_version" text,
  "principal_id" text NOT NULL,
  "reported_at" TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT "UQ_82588959d8d32af6b3b47c25fdd" UNIQUE ("id"),
  CONSTRAINT "PK_78bfbda54698db5d9194b7086fb" PRIMARY KEY ("row_id")
);
CREATE INDEX "IDX_7b143df7008876ab928fbf9f5c" ON "training_run" ("snapshot", "row_id");
CREATE TABLE "training_run_metric" (
  "run_id" uuid NOT NULL,
  "part" text NOT NULL,
  "name" text NOT NULL,
  "value" double precision NOT NULL,
  CONSTRAINT "PK_bc59552029ead198f5c7f074692" PRIMARY KEY ("run_id", "part", "name")
);
CREATE TABLE "snapshot_deprecation" (
  "snapshot" text NOT NULL,
  "reason" text NOT NULL,
  "successor" text,
  "principal_id" text NOT NULL,
  "deprecated_at" TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT "PK_497fac860cfd5994d8702c265ed" PRIMARY KEY ("snapshot")
);
`;

/** Law 2: a governed row is written once; all that may ever change in it is that it ceases to hold. */
const GOVERNED = [
  'acquisition',
  'declared_factor',
  'annotator',
  'guideline',
  'annotation_round',
  'annotation',
  'target_share',
  'dataset_description',
  'label_class',
  'image',
  'exclusion',
];

/** Written once, for good. */
const SEALED = [
  'revision',
  'snapshot_file',
  'snapshot_tag',
  'audit_event',
  'training_run',
  'training_run_metric',
  'snapshot_deprecation',
];

const REFUSALS = `
CREATE FUNCTION holotype_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'holotype: % of % is refused: it is append-only', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION holotype_only_close() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.until <> 2147483647 OR NEW.until = 2147483647
     OR to_jsonb(OLD) - 'until' IS DISTINCT FROM to_jsonb(NEW) - 'until' THEN
    RAISE EXCEPTION 'holotype: a row of % may only be closed, never overwritten', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION holotype_split_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'FROZEN' THEN
    RAISE EXCEPTION 'holotype: split % is frozen', OLD.name USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON "split" FOR EACH ROW EXECUTE FUNCTION holotype_split_is_frozen();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "split" FOR EACH STATEMENT EXECUTE FUNCTION holotype_refuse();

CREATE FUNCTION holotype_assignment_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "split" s WHERE s.state = 'FROZEN'
             AND s.id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.split_id END, CASE WHEN TG_OP <> 'DELETE' THEN NEW.split_id END)) THEN
    RAISE EXCEPTION 'holotype: the split of this assignment is frozen' USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON "split_assignment"
  FOR EACH ROW EXECUTE FUNCTION holotype_assignment_is_frozen();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "split_assignment" FOR EACH STATEMENT EXECUTE FUNCTION holotype_refuse();

CREATE FUNCTION holotype_snapshot_is_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(OLD) - 'state' IS DISTINCT FROM to_jsonb(NEW) - 'state' THEN
    RAISE EXCEPTION 'holotype: snapshot % is published; only its state may change', OLD.digest USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER published BEFORE UPDATE ON "snapshot" FOR EACH ROW EXECUTE FUNCTION holotype_snapshot_is_published();
CREATE TRIGGER no_delete BEFORE DELETE ON "snapshot" FOR EACH ROW EXECUTE FUNCTION holotype_refuse();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "snapshot" FOR EACH STATEMENT EXECUTE FUNCTION holotype_refuse();

CREATE FUNCTION holotype_snapshot_is_complete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "snapshot" s WHERE s.digest = NEW.snapshot) THEN
    RAISE EXCEPTION 'holotype: snapshot % is published; it takes no more files', NEW.snapshot USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER complete BEFORE INSERT ON "snapshot_file" FOR EACH ROW EXECUTE FUNCTION holotype_snapshot_is_complete();

CREATE FUNCTION holotype_chain_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.id <> OLD.id OR NEW.sequence <= OLD.sequence THEN
    RAISE EXCEPTION 'holotype: the audit chain only grows' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_grows BEFORE UPDATE ON "audit_head" FOR EACH ROW EXECUTE FUNCTION holotype_chain_only_grows();
CREATE TRIGGER no_delete BEFORE DELETE ON "audit_head" FOR EACH ROW EXECUTE FUNCTION holotype_refuse();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "audit_head" FOR EACH STATEMENT EXECUTE FUNCTION holotype_refuse();
INSERT INTO "audit_head" ("id", "sequence", "hash") VALUES (1, 0, repeat('0', 64));
`;

/** The first house: its tables, and the triggers by which the database itself keeps laws 2, 5 and 8. */
export class FirstHouse1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(REFUSALS);
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
