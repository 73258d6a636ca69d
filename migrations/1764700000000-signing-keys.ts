import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
CREATE TABLE "signing_key" (
  "key_id" text NOT NULL,
  "public_key" text NOT NULL,
  "opened_at" TIMESTAMP WITH TIME ZONE NOT NULL,
  "closed_at" TIMESTAMP WITH TIME ZONE,
  CONSTRAINT "PK_signing_key" PRIMARY KEY ("key_id")
);
CREATE TABLE "attestation" (
  "snapshot" text NOT NULL,
  "key_id" text NOT NULL,
  "envelope" text NOT NULL,
  "signed_at" TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT "PK_attestation" PRIMARY KEY ("snapshot", "key_id")
);
CREATE TABLE "manifest_shard" (
  "snapshot" text NOT NULL,
  "shard" integer NOT NULL,
  "root" text NOT NULL,
  "first_image" text,
  CONSTRAINT "PK_manifest_shard" PRIMARY KEY ("snapshot", "shard")
);
`;

const TRIGGERS = `
CREATE FUNCTION holotype_key_only_closes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.closed_at IS NOT NULL OR NEW.closed_at IS NULL
     OR to_jsonb(OLD) - 'closed_at' IS DISTINCT FROM to_jsonb(NEW) - 'closed_at' THEN
    RAISE EXCEPTION 'holotype: signing key % may only be closed, once', OLD.key_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_close BEFORE UPDATE ON "signing_key" FOR EACH ROW EXECUTE FUNCTION holotype_key_only_closes();
CREATE TRIGGER refused BEFORE DELETE ON "signing_key" FOR EACH ROW EXECUTE FUNCTION holotype_refuse();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "signing_key" FOR EACH STATEMENT EXECUTE FUNCTION holotype_refuse();
CREATE TRIGGER refused BEFORE UPDATE OR DELETE ON "attestation" FOR EACH ROW EXECUTE FUNCTION holotype_refuse();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "attestation" FOR EACH STATEMENT EXECUTE FUNCTION holotype_refuse();
`;

/** Keys that sign, what they signed, and the roots of manifest shards, by which one image is proved without reading all. */
export class SigningKeys1764700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(TRIGGERS);
  }

  /** Forward only: what was signed stays. */
  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
