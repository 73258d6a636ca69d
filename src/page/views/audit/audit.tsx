import { useLocation } from 'preact-iso';
import { graphql, type ResultOf, type VariablesOf } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { More } from '../../parts/more.tsx';
import { Table } from '../../parts/table.tsx';
import { CheckChain } from './check-chain.tsx';

const WORDS = dictionary(
  {
    title: 'Audit',
    lead: 'What was attempted and how it ended, writes and reads of snapshots alike; each line holds the hash of the one before.',
    filter: 'Which events',
    action: 'Action begins with',
    principal: 'Principal',
    since: 'From',
    until: 'Before',
    code: 'Failed with code',
    show: 'Show',
    events: 'Events, the latest first',
    sequence: 'No.',
    at: 'When',
    who: 'Who',
    what: 'Did what',
    to: 'To what',
    ended: 'How it ended',
    open: 'no outcome recorded',
    instance: 'the instance itself',
    request: 'Request',
  },
  {
    title: 'Journal d’audit',
    lead: 'Ce qui a été tenté et comment cela s’est terminé, écritures comme lectures d’instantanés ; chaque ligne porte l’empreinte de la précédente.',
    filter: 'Quels événements',
    action: 'L’action commence par',
    principal: 'Compte',
    since: 'À partir de',
    until: 'Avant',
    code: 'Échoué avec le code',
    show: 'Afficher',
    events: 'Événements, le plus récent d’abord',
    sequence: 'N°',
    at: 'Quand',
    who: 'Qui',
    what: 'A fait quoi',
    to: 'À quoi',
    ended: 'Comment cela s’est terminé',
    open: 'aucune issue consignée',
    instance: 'l’instance elle-même',
    request: 'Requête',
  },
);

const AuditEvents = graphql(`
  query AuditEvents($filter: AuditFilterInput, $after: String) {
    auditEvents(first: 50, after: $after, newestFirst: true, filter: $filter) {
      nodes {
        sequence
        at
        principal
        principalId
        action
        subject
        requestId
        detail
        outcome { detail }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

type Event = ResultOf<typeof AuditEvents>['auditEvents']['nodes'][number];
type Filter = NonNullable<VariablesOf<typeof AuditEvents>['filter']>;

export default function Audit() {
  const words = useWords(WORDS);
  const { query, route } = useLocation();
  return (
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <CheckChain />
      <form
        class="toolbar"
        aria-label={words.filter}
        onSubmit={(event) => {
          event.preventDefault();
          const asked = [...new FormData(event.currentTarget)].filter(([, value]) => value !== '');
          route(`/page/audit?${new URLSearchParams(asked as [string, string][])}`);
        }}
      >
        <Field name="action" label={words.action} value={query.action} />
        <Field name="principal" label={words.principal} value={query.principal} />
        <Field name="code" label={words.code} value={query.code} />
        <Day name="since" label={words.since} value={query.since} />
        <Day name="until" label={words.until} value={query.until} />
        <button type="submit" class="primary">
          {words.show}
        </button>
      </form>
      <More
        query={AuditEvents}
        variables={{ filter: filterOf(query) }}
        connection={({ auditEvents }) => auditEvents}
      >
        {(events) => <Events events={events} />}
      </More>
    </>
  );
}

/** Attempts alone: each brings its outcome along. */
function filterOf({ action, principal, code, since, until }: Record<string, string>): Filter {
  const moment = (day: string | undefined) => (day ? new Date(day).toISOString() : null);
  return {
    phase: code ? 'FAILED' : 'ATTEMPT',
    action: action || null,
    principal: principal || null,
    code: code || null,
    since: moment(since),
    until: moment(until),
  };
}

function Events({ events }: { events: readonly Event[] }) {
  const words = useWords(WORDS);
  const format = useFormat();
  return (
    <Table
      caption={words.events}
      rows={events}
      keyOf={({ sequence }) => String(sequence)}
      columns={[
        { title: words.sequence, isNumber: true, cell: ({ sequence }) => format.whole(sequence) },
        { title: words.at, cell: ({ at }) => <time dateTime={at}>{format.moment(at)}</time> },
        {
          title: words.who,
          cell: ({ principal, principalId }) => principal ?? principalId ?? words.instance,
        },
        { title: words.what, cell: ({ action }) => <code>{action}</code> },
        { title: words.to, cell: ({ subject }) => <code>{subject}</code> },
        {
          title: words.ended,
          cell: ({ detail, outcome }) => <code>{outcome ? outcome.detail : detail || words.open}</code>,
        },
        { title: words.request, cell: ({ requestId }) => <code>{requestId.slice(0, 8)}</code> },
      ]}
    />
  );
}

interface FieldProps {
  name: string;
  label: string;
  value: string | undefined;
}

function Field({ name, label, value }: FieldProps) {
  return (
    <label>
      <span>{label}</span>
      <input name={name} defaultValue={value ?? ''} />
    </label>
  );
}

function Day({ name, label, value }: FieldProps) {
  return (
    <label>
      <span>{label}</span>
      <input name={name} type="date" defaultValue={value ?? ''} />
    </label>
  );
}
