export interface Bell {
  ring(): void;
  /** Resolves when the bell rings, or has rung since the last wait, or after this time. */
  wait(milliseconds: number): Promise<void>;
}

/** Wakes one waiter. A ring before the wait is not lost. */
export function bell(): Bell {
  let hasRung = false;
  let wake = () => {};
  return {
    ring() {
      hasRung = true;
      wake();
    },
    async wait(milliseconds) {
      if (!hasRung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      hasRung = false;
    },
  };
}
