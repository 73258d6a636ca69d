import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import '../../style/publishing.css';
import { graphql } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { Asked } from '../../parts/asked.tsx';
import { More } from '../../parts/more.tsx';
import { Table } from '../../parts/table.tsx';
import { DatasetFrame } from '../dataset-frame.tsx';
import { WithdrawImages } from './withdraw-images.tsx';
import { OneWithdrawal } from './withdrawal.tsx';
import { REASON_WORDS, WITHDRAWAL_WORDS } from './withdrawal-words.ts';

const WORDS = dictionary(
  {
    lead: 'A withdrawal destroys images for good: bytes, labels and metadata. Snapshots that held them keep their digest and are degraded; whoever fetched them is told. To keep an image out of what comes next, exclude it instead.',
    withdraw: 'Withdraw images…',
    title: 'Withdrawals, the latest first',
  },
  {
    lead: 'Un retrait détruit des images pour de bon : octets, étiquettes et métadonnées. Les instantanés qui les contenaient gardent leur empreinte et sont dégradés ; qui les a récupérés en est averti. Pour tenir une image à l’écart de la suite, excluez-la plutôt.',
    withdraw: 'Retirer des images…',
    title: 'Retraits, le plus récent d’abord',
  },
);

const WithdrawalsHead = graphql(`
  query WithdrawalsHead($dataset: String!) {
    dataset(slug: $dataset) { title imageCounts { kept } }
  }
`);

const WithdrawalList = graphql(`
  query WithdrawalList($dataset: String!, $after: String) {
    dataset(slug: $dataset) {
      withdrawals(first: 50, after: $after) {
        nodes { id number at scope reason revision imageCount completedAt snapshots }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

/** `?withdrawal=ID` shows one; `?image=NAME` and `?subject=NAME` begin one. */
export default function Withdrawals({ dataset }: { dataset: string }) {
  const words = useWords(WORDS);
  const { url, route } = useLocation();
  const query = new URLSearchParams(url.split('?')[1] ?? '');
  const images = query.getAll('image');
  const subject = query.get('subject');
  const shown = query.get('withdrawal');
  const home = `/page/datasets/${dataset}/withdrawals`;
  const [isOpen, setOpen] = useState(images.length > 0 || subject !== null);
  return (
    <Asked query={WithdrawalsHead} variables={{ dataset }}>
      {({ dataset: { title, imageCounts } }, again) => (
        <DatasetFrame dataset={dataset} title={title}>
          <p class="lead">{words.lead}</p>
          <div class="toolbar">
            <button type="button" onClick={() => setOpen(true)}>
              {words.withdraw}
            </button>
          </div>
          <WithdrawImages
            dataset={dataset}
            kept={imageCounts.kept}
            named={{ images, subject }}
            isOpen={isOpen}
            close={() => setOpen(false)}
            done={(id) => {
              setOpen(false);
              route(`${home}?withdrawal=${id}`);
              again();
            }}
          />
          {shown && <OneWithdrawal key={shown} dataset={dataset} id={shown} />}
          <Listed key={shown} dataset={dataset} />
        </DatasetFrame>
      )}
    </Asked>
  );
}

function Listed({ dataset }: { dataset: string }) {
  const words = { ...useWords(WITHDRAWAL_WORDS), ...useWords(REASON_WORDS), ...useWords(WORDS) };
  const format = useFormat();
  return (
    <More
      query={WithdrawalList}
      variables={{ dataset }}
      connection={({ dataset: { withdrawals } }) => withdrawals}
    >
      {(withdrawals) => (
        <Table
          caption={words.title}
          rows={withdrawals}
          keyOf={({ id }) => id}
          columns={[
            {
              title: words.number,
              cell: ({ id, number }) => (
                <a href={`/page/datasets/${dataset}/withdrawals?withdrawal=${id}`}>{words.nth(number)}</a>
              ),
            },
            { title: words.at, cell: ({ at }) => <time dateTime={at}>{format.moment(at)}</time> },
            { title: words.scope, cell: ({ scope }) => words[scope] },
            { title: words.reason, cell: ({ reason }) => words[reason] },
            { title: words.images, isNumber: true, cell: ({ imageCount }) => format.whole(imageCount) },
            {
              title: words.degraded,
              isNumber: true,
              cell: ({ snapshots }) => format.whole(snapshots.length),
            },
            {
              title: words.progress,
              cell: ({ completedAt }) =>
                completedAt ? `✔ ${words.destroyed} ${format.moment(completedAt)}` : `… ${words.waiting}`,
            },
          ]}
        />
      )}
    </More>
  );
}
