import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../platform/context.ts';
import { SnapshotObject } from '../snapshots/snapshots.schema.ts';
import { MethodsLanguageEnum, MethodsParagraphObject } from './methods.schema.ts';
import type { MethodsLanguage } from './methods-writing.ts';
import { writeMethods } from './write-methods.usecase.ts';

@Resolver(() => SnapshotObject)
export class SnapshotMethodsResolver {
  @FieldResolver(() => MethodsParagraphObject, {
    description: 'What its authors may write of the data and of the runs on it.',
  })
  methods(
    @Ctx() context: Context,
    @Root() snapshot: SnapshotObject,
    @Arg('language', () => MethodsLanguageEnum, { description: 'Of the text.' }) language: MethodsLanguage,
    @Arg('models', () => [String], {
      nullable: true,
      description: 'Runs of these models alone; unless said, of all, which may be 30 at most.',
    })
    models?: string[] | null,
  ) {
    return writeMethods(context, snapshot, { language, models: models ?? null });
  }
}
