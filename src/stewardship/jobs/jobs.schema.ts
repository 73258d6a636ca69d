import { GraphQLDateTimeISO } from 'graphql-scalars';
import {
  ArgsType,
  type ClassType,
  Field,
  ID,
  Int,
  InterfaceType,
  ObjectType,
  registerEnumType,
} from 'type-graphql';
import { BiasReportKindEnum } from '../../bias/bias.schema.ts';
import type { ReportKind } from '../../bias/bias-counts.ts';
import { connectionOf, PageArgs } from '../../governance/connection.schema.ts';
import { Guard } from '../../governance/rule.schema.ts';
import { enumOf } from '../../kernel/enum-of.ts';
import { JOB_KINDS, JOB_STATES, type JobKind, type JobState } from './job.ts';

const JobKindEnum = enumOf(JOB_KINDS);
registerEnumType(JobKindEnum, {
  name: 'JobKind',
  description: 'What is made.',
  valuesConfig: {
    REPORT: { description: 'A bias report; ask `reportOrder` for its id.' },
    CONSENSUS: { description: 'A consensus; ask `consensusOrder` for its id.' },
    RENDERING: { description: 'A form of a snapshot; ask `rendering` for its id.' },
    SUCCESSOR: { description: 'A proposal in the place of a snapshot that a withdrawal degraded.' },
  },
});

const JobStateEnum = enumOf(JOB_STATES);
registerEnumType(JobStateEnum, {
  name: 'JobState',
  description: 'How far a job is.',
  valuesConfig: {
    WAITING: { description: 'No server has begun.' },
    RUNNING: { description: 'It is being made.' },
    DONE: { description: 'It is made.' },
    FAILED: { description: 'It could not be made; `error` says why.' },
    CANCELLED: { description: 'Somebody stopped it; nothing was kept.' },
  },
});

@ArgsType()
export class JobsArgs extends PageArgs {
  @Field(() => Boolean, {
    nullable: true,
    description: 'true: those that wait or run; false: those that ended.',
  })
  open?: boolean | null;
}

@ObjectType('JobProgress', { description: 'How much of a job is done.' })
@Guard('inherit')
export class JobProgressObject {
  @Field(() => Int, { description: 'Done so far.' }) done: number;
  @Field(() => Int, { description: 'Of so many; 0 before it has begun.' }) total: number;
}

const TYPES: Readonly<Record<JobKind, string>> = {
  REPORT: 'ReportJob',
  CONSENSUS: 'ConsensusJob',
  RENDERING: 'RenderingJob',
  SUCCESSOR: 'SuccessorJob',
};

@InterfaceType('Job', {
  description: 'Work that somebody ordered and does not wait for.',
  resolveType: ({ kind }: { kind: JobKind }) => TYPES[kind],
})
@Guard('inherit')
export abstract class JobObject {
  @Field(() => ID, { description: 'Of the order, unique with its kind.' }) id: string;
  @Field(() => JobKindEnum, { description: 'What is made.' }) kind: JobKind;
  @Field(() => JobStateEnum, { description: 'How far it is.' }) state: JobState;
  @Field(() => JobProgressObject, {
    nullable: true,
    description: 'How much is done; null: nothing is counted.',
  })
  progress: JobProgressObject | null;
  @Field(() => String, { description: 'What is made, of what, in words.' }) what: string;
  @Field(() => String, { nullable: true, description: 'Why it failed.' }) error: string | null;
  @Field(() => GraphQLDateTimeISO, { description: 'When it was ordered, the last time.' }) orderedAt: Date;
  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When it ended; null: not yet, or it was not written down.',
  })
  finishedAt: Date | null;
  @Field(() => Boolean, { description: 'Whether you may stop it now: a consensus, by `cancelConsensus`.' })
  cancellable: boolean;
}

@ObjectType('ReportJob', { implements: JobObject, description: 'A bias report that was ordered.' })
@Guard('inherit')
export class ReportJobObject extends JobObject {
  @Field(() => BiasReportKindEnum, { description: 'What it asks.' }) reportKind: ReportKind;
  @Field(() => Int, { description: 'The revision it is of.' }) revision: number;
  @Field(() => String, { nullable: true, description: 'Digest of the snapshot it is of.' }) snapshot:
    | string
    | null;
  @Field(() => String, { nullable: true, description: 'Name of the split it is of.' }) split: string | null;
  @Field(() => ID, { name: 'report', nullable: true, description: 'Of the report, once it is made.' })
  made: string | null;
}

@ObjectType('ConsensusJob', { implements: JobObject, description: 'A consensus that was ordered.' })
@Guard('inherit')
export class ConsensusJobObject extends JobObject {
  @Field(() => String, { description: 'Its name.' }) name: string;
  @Field(() => Int, { description: 'The revision it is of.' }) revision: number;
  @Field(() => ID, { name: 'consensus', nullable: true, description: 'Of the consensus, once it is made.' })
  made: string | null;
}

@ObjectType('RenderingJob', {
  implements: JobObject,
  description: 'A form of a snapshot that was asked for.',
})
@Guard('inherit')
export class RenderingJobObject extends JobObject {
  @Field(() => String, { description: 'Digest of the snapshot.' }) snapshot: string;
  @Field(() => String, { description: 'The form, such as parquet.' }) format: string;
}

@ObjectType('SuccessorJob', {
  implements: JobObject,
  description: 'A proposal in the place of a snapshot that a withdrawal degraded.',
})
@Guard('inherit')
export class SuccessorJobObject extends JobObject {
  @Field(() => String, { description: 'Digest of the degraded snapshot.' }) snapshot: string;
}

export const JobConnection = connectionOf<JobObject>(
  'Job',
  () => JobObject as unknown as ClassType<JobObject>,
);
