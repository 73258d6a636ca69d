import { graphql, type ResultOf } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { Asked } from '../../parts/asked.tsx';
import { SnapshotLink } from '../snapshots/snapshot-list.tsx';
import { StateMark } from '../snapshots/state-marks.tsx';
import { ToldConsumers } from './told-consumers.tsx';
import { REASON_WORDS, WITHDRAWAL_WORDS } from './withdrawal-words.ts';

const WORDS = dictionary(
  {
    none: 'none',
    successors: 'Successors proposed',
    noSuccessor: 'None is due: none of the degraded snapshots was the newest of its line.',
    WAITING: 'waits until nothing of the images is left',
    RUNNING: 'is being made',
    DONE: 'is proposed, for another to review',
    FAILED: 'could not be proposed',
    of: 'In place of',
    open: 'Look at the proposal',
  },
  {
    none: 'aucun',
    successors: 'Successeurs proposés',
    noSuccessor: 'Aucun n’est dû : aucun des instantanés dégradés n’était le dernier de sa lignée.',
    WAITING: 'attend qu’il ne reste rien des images',
    RUNNING: 'est en préparation',
    DONE: 'est proposé, à relire par une autre personne',
    FAILED: 'n’a pu être proposé',
    of: 'À la place de',
    open: 'Voir la proposition',
  },
);

const WithdrawalOf = graphql(`
  query WithdrawalOf($id: ID!) {
    withdrawal(id: $id) {
      id
      number
      at
      scope
      reason
      revision
      imageCount
      completedAt
      snapshots
      successors { parent state fault proposal { id message state } }
    }
  }
`);

type Withdrawal = ResultOf<typeof WithdrawalOf>['withdrawal'];
const ASK_AGAIN_MILLISECONDS = 1_500;

const isUnderWay = ({ completedAt, successors }: Withdrawal) =>
  completedAt === null || successors.some(({ state }) => state === 'WAITING' || state === 'RUNNING');

export function OneWithdrawal({ dataset, id }: { dataset: string; id: string }) {
  const words = { ...useWords(WITHDRAWAL_WORDS), ...useWords(REASON_WORDS), ...useWords(WORDS) };
  const format = useFormat();
  return (
    <Asked
      query={WithdrawalOf}
      variables={{ id }}
      every={({ withdrawal }) => (isUnderWay(withdrawal) ? ASK_AGAIN_MILLISECONDS : null)}
    >
      {({ withdrawal }) => (
        <section class="notice" aria-label={`${words.number} ${words.nth(withdrawal.number)}`}>
          <h2>
            {words.number} {words.nth(withdrawal.number)}
          </h2>
          <dl class="facts">
            <dt>{words.progress}</dt>
            <dd>
              <span role="status">
                {withdrawal.completedAt
                  ? `✔ ${words.destroyed} ${format.moment(withdrawal.completedAt)}`
                  : `… ${words.waiting}`}
              </span>
            </dd>
            <dt>{words.at}</dt>
            <dd>{format.moment(withdrawal.at)}</dd>
            <dt>{words.scope}</dt>
            <dd>{words[withdrawal.scope]}</dd>
            <dt>{words.reason}</dt>
            <dd>{words[withdrawal.reason]}</dd>
            <dt>{words.images}</dt>
            <dd>{format.whole(withdrawal.imageCount)}</dd>
            <dt>{words.revision}</dt>
            <dd>{format.whole(withdrawal.revision)}</dd>
            <dt>{words.degraded}</dt>
            <dd>
              {withdrawal.snapshots.length === 0
                ? words.none
                : withdrawal.snapshots.map((digest) => (
                    <div key={digest}>
                      <SnapshotLink digest={digest} />
                    </div>
                  ))}
            </dd>
            <dt>{words.successors}</dt>
            <dd>
              <Successors dataset={dataset} successors={withdrawal.successors} />
            </dd>
          </dl>
          <ToldConsumers dataset={dataset} withdrawal={id} />
        </section>
      )}
    </Asked>
  );
}

interface SuccessorsProps {
  dataset: string;
  successors: Withdrawal['successors'];
}

function Successors({ dataset, successors }: SuccessorsProps) {
  const words = useWords(WORDS);
  if (successors.length === 0) return <>{words.noSuccessor}</>;
  return (
    <>
      {successors.map(({ parent, state, fault, proposal }) => (
        <div key={parent}>
          {words.of} <SnapshotLink digest={parent} />: {words[state]}{' '}
          {fault && <span lang="en">({fault})</span>}{' '}
          {proposal && (
            <>
              <StateMark state={proposal.state} />{' '}
              <a href={`/page/datasets/${dataset}/proposals/${proposal.id}`}>{words.open}</a>
            </>
          )}
        </div>
      ))}
    </>
  );
}
