import { useQuery } from '@urql/preact';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { graphql } from './graphql.ts';
import { dictionary, LANGUAGES, type Language, useLanguage, useWords } from './language.tsx';
import { useSession } from './session.tsx';
import { ThemeChoice } from './theme.tsx';

const WORDS = dictionary(
  {
    skip: 'To the content',
    places: 'Places',
    datasets: 'Datasets',
    audit: 'Audit',
    people: 'People and tokens',
    signIn: 'Sign in',
    signOut: 'Sign out',
    language: 'Language',
    find: 'Snapshot by digest',
    open: 'Open',
  },
  {
    skip: 'Au contenu',
    places: 'Lieux',
    datasets: 'Jeux de données',
    audit: 'Journal d’audit',
    people: 'Personnes et jetons',
    signIn: 'S’identifier',
    signOut: 'Se déconnecter',
    language: 'Langue',
    find: 'Instantané par empreinte',
    open: 'Ouvrir',
  },
);

const Viewer = graphql(`
  query Viewer {
    viewer { name }
  }
`);

export function Shell({ children }: { children: ComponentChildren }) {
  const words = useWords(WORDS);
  const { path, route } = useLocation();
  const main = useFocusOnArrival(path);
  return (
    <>
      <a class="skip" href="#content">
        {words.skip}
      </a>
      <header class="shell">
        <a class="brand" href="/">
          <img src="/holotype.svg" alt="" width="24" height="24" /> Holotype
        </a>
        <nav aria-label={words.places}>
          <Place to="/" isHere={path === '/' || path.startsWith('/page/datasets')} name={words.datasets} />
          <Place to="/page/audit" isHere={path === '/page/audit'} name={words.audit} />
          <Place to="/page/people" isHere={path === '/page/people'} name={words.people} />
        </nav>
        <form
          class="find"
          onSubmit={(event) => {
            event.preventDefault();
            const digest = new FormData(event.currentTarget).get('digest') as string;
            if (digest.trim()) route(`/page/snapshots/${encodeURIComponent(digest.trim())}`);
          }}
        >
          <input name="digest" aria-label={words.find} placeholder="sha256:…" autocomplete="off" />
          <button type="submit">{words.open}</button>
        </form>
        <Signed />
      </header>
      <main id="content" ref={main} tabIndex={-1}>
        {children}
      </main>
      <footer class="shell">
        <LanguageChoice />
        <ThemeChoice />
      </footer>
    </>
  );
}

function Place({ to, isHere, name }: { to: string; isHere: boolean; name: string }) {
  return (
    <a href={to} aria-current={isHere ? 'page' : undefined}>
      {name}
    </a>
  );
}

function Signed() {
  const words = useWords(WORDS);
  const { token, signOut } = useSession();
  const [{ data }] = useQuery({ query: Viewer, variables: {}, pause: !token });
  if (!token)
    return (
      <a class="button" href="/page/sign-in">
        {words.signIn}
      </a>
    );
  return (
    <span class="signed">
      {data?.viewer.name}{' '}
      <button type="button" onClick={signOut}>
        {words.signOut}
      </button>
    </span>
  );
}

function LanguageChoice() {
  const words = useWords(WORDS);
  const { language, speak } = useLanguage();
  return (
    <label class="choice">
      <span>{words.language}</span>
      <select value={language} onChange={(event) => speak(event.currentTarget.value as Language)}>
        {Object.entries(LANGUAGES).map(([code, name]) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A new view is announced by moving the focus to it; the first one leaves the focus where the browser put it. */
function useFocusOnArrival(path: string) {
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) main.current!.focus({ preventScroll: true });
    first.current = false;
  }, [path]);
  return main;
}
