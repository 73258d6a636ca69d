import fc from 'fast-check';

/** In CI a property draws the same cases for the same code; at a desk it draws anew, and so may find more. */
if (process.env.CI) fc.configureGlobal({ seed: 1753 });
