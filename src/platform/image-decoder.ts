import sharp from 'sharp';

// Files change under their paths and images come once: nothing is worth caching. One image, one thread.
sharp.cache(false);
sharp.concurrency(1);
// libvips may open these formats and no other, whatever the bytes pretend to be.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Tiff', 'Nsgif', 'Heif'].map((name) => `VipsForeignLoad${name}`),
});

/** The decoder, with what it may open and keep settled for the whole process. */
export { sharp };
