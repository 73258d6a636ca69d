import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS = `
ALTER TABLE "access_token" ADD "datasets" uuid array;
ALTER TABLE "access_token" ADD "last_used_at" TIMESTAMP WITH TIME ZONE;
ALTER TABLE "access_token" ADD "previous_hash" text;
ALTER TABLE "access_token" ADD "previous_until" TIMESTAMP WITH TIME ZONE;
CREATE UNIQUE INDEX "access_token_previous_hash" ON "access_token" ("previous_hash");
ALTER TABLE "principal" ADD "disabled_at" TIMESTAMP WITH TIME ZONE;
`;

/** Tokens of some datasets alone, when each was last used, the secret that a rotation replaced; principals that are disabled. */
export class TokenDatasets1765800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMNS);
  }

  /** Forward only: without the column a token of some datasets would be one of all. */
  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
