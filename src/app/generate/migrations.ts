import { ormOptions } from '../../../ormconfig.ts';
import { openDatabase } from '../../platform/database.ts';

/** Runs the migrations on a fresh database; TypeORM's schema builder must then find nothing to add. */
const database = await openDatabase({ folder: 'memory://' }, ormOptions);
const { upQueries } = await database.dataSource.driver.createSchemaBuilder().log();
await database.close();
if (upQueries.length === 0) {
  console.log('migrations bring the tables to what the entities say');
} else {
  console.error('The entities say more than the migrations do; add a migration with these statements:');
  for (const { query } of upQueries) console.error(`  ${query};`);
  process.exitCode = 1;
}
