import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Signed words on how the audit chain stood, and what the log is looked up by. */
export class AuditCheckpoints1765200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE TABLE "audit_checkpoint" (
  "sequence" bigint NOT NULL,
  "key_id" text NOT NULL,
  "envelope" text NOT NULL,
  CONSTRAINT "PK_audit_checkpoint" PRIMARY KEY ("sequence")
);
CREATE INDEX "IDX_06d570d7d1b40fbc994b5955be" ON "audit_event" ("at");
CREATE INDEX "IDX_8b0cf8a255e4215403a4e29c8e" ON "audit_event" ("request_id");
CREATE INDEX "IDX_2e9f5e69eceb29bf8f25ffdfa2" ON "audit_event" ("principal_id", "sequence");
CREATE INDEX "IDX_4631131e0787281d68a7e6e0c9" ON "audit_event" ("action", "sequence");
CREATE TRIGGER refused BEFORE UPDATE OR DELETE ON "audit_checkpoint" FOR EACH ROW EXECUTE FUNCTION holotype_refuse();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "audit_checkpoint" FOR EACH STATEMENT EXECUTE FUNCTION holotype_refuse();
`);
  }

  /** Forward only: what was signed stays. */
  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
