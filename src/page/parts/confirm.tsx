import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { dictionary, useWords } from '../language.tsx';
import { Refusal, type Refused } from './act.tsx';

const WORDS = dictionary(
  { cancel: 'Cancel', working: 'Working…' },
  { cancel: 'Annuler', working: 'En cours…' },
);

interface ConfirmProps {
  title: string;
  /** What the button does, as a verb with its object: "Exclude 12 images". */
  verb: string;
  isOpen: boolean;
  isRunning: boolean;
  refusal: Refused | null;
  /** Whether it destroys what cannot be had again. */
  isFinal?: boolean;
  onConfirm(): void;
  onCancel(): void;
  /** The consequences, in numbers, and the fields that it still needs. */
  children: ComponentChildren;
}

/** Nothing is changed without this: the consequences in numbers, then a verb. Escape and Cancel change nothing. */
export function Confirm(props: ConfirmProps) {
  const words = useWords(WORDS);
  const title = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (props.isOpen && !dialog.current!.open) dialog.current!.showModal();
    if (!props.isOpen) dialog.current!.close();
  }, [props.isOpen]);
  return (
    <dialog ref={dialog} aria-labelledby={title} onCancel={props.onCancel} onClose={props.onCancel}>
      {props.isOpen && (
        <form
          method="dialog"
          onSubmit={(event) => {
            event.preventDefault();
            props.onConfirm();
          }}
        >
          <h2 id={title}>{props.title}</h2>
          {props.children}
          <Refusal refusal={props.refusal} />
          <p class="actions">
            <button type="button" onClick={props.onCancel}>
              {words.cancel}
            </button>
            <button type="submit" class={props.isFinal ? 'final' : 'primary'} disabled={props.isRunning}>
              {props.isRunning ? words.working : props.verb}
            </button>
          </p>
        </form>
      )}
    </dialog>
  );
}
