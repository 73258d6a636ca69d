/**
 * What the image probe makes of each of the 233 odd, rich and broken files, by folder and outcome: `OK` where it is
 * decoded, else the code of the refusal.
 */
export const OUTCOMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  dicom: {
    UNSUPPORTED_MEDIA_TYPE:
      'CT_small.dcm JPEG2000.dcm MR_small.dcm MR_truncated.dcm SC_rgb_jpeg_gdcm.dcm SC_rgb_rle.dcm',
  },
  exif_cameras: {
    OK:
      'Canon_40D.jpg Canon_40D_photoshop_import.jpg Canon_DIGITAL_IXUS_400.jpg ' +
      'Canon_PowerShot_S40.jpg Fujifilm_FinePix6900ZOOM.jpg Fujifilm_FinePix_E500.jpg ' +
      'Kodak_CX7530.jpg Konica_Minolta_DiMAGE_Z3.jpg Nikon_COOLPIX_P1.jpg Nikon_D70.jpg ' +
      'Olympus_C8080WZ.jpg PaintTool_sample.jpg Panasonic_DMC-FZ30.jpg Pentax_K10D.jpg ' +
      'Reconyx_HC500_Hyperfire.jpg Ricoh_Caplio_RR330.jpg Samsung_Digimax_i50_MP3.jpg ' +
      'Sony_HDR-HC3.jpg WWL_(Polaroid)_ION230.jpg exif-org__canon-ixus.jpg ' +
      'exif-org__fujifilm-dx10.jpg exif-org__fujifilm-finepix40i.jpg exif-org__fujifilm-mx1700.jpg ' +
      'exif-org__kodak-dc210.jpg exif-org__kodak-dc240.jpg exif-org__nikon-e950.jpg ' +
      'exif-org__olympus-c960.jpg exif-org__olympus-d320l.jpg exif-org__ricoh-rdc5300.jpg ' +
      'exif-org__sanyo-vpcg250.jpg exif-org__sanyo-vpcsx550.jpg exif-org__sony-cybershot.jpg ' +
      'exif-org__sony-d700.jpg exif-org__sony-powershota5.jpg gps__DSCN0010.jpg gps__DSCN0012.jpg ' +
      'gps__DSCN0021.jpg gps__DSCN0025.jpg gps__DSCN0027.jpg gps__DSCN0029.jpg gps__DSCN0038.jpg ' +
      'gps__DSCN0040.jpg gps__DSCN0042.jpg long_description.jpg',
  },
  libpng_crashers: {
    TRUNCATED_IMAGE:
      'bad_iCCP.png huge_IDAT.png huge_bKGD_chunk.png huge_cHRM_chunk.png huge_eXIf_chunk.png ' +
      'huge_gAMA_chunk.png huge_hIST_chunk.png huge_iCCP_chunk.png huge_iTXt_chunk.png ' +
      'huge_juNK_unsafe_to_copy.png huge_juNk_safe_to_copy.png huge_pCAL_chunk.png ' +
      'huge_pHYs_chunk.png huge_sCAL_chunk.png huge_sPLT_chunk.png huge_sRGB_chunk.png ' +
      'huge_sTER_chunk.png huge_tEXt_chunk.png huge_tIME_chunk.png huge_zTXt_chunk.png',
    CORRUPT_IMAGE: 'badadler.png badcrc.png',
    OK: 'empty_ancillary_chunks.png',
  },
  libtiff_test: {
    OK:
      'custom_dir_EXIF_GPS.tiff deflate-last-strip-extra-data.tiff logluv-3c-16b.tiff ' +
      'lzw-single-strip.tiff minisblack-1c-16b.tiff minisblack-1c-8b.tiff ' +
      'minisblack-2c-8b-alpha.tiff miniswhite-1c-1b.tiff palette-1c-1b.tiff palette-1c-4b.tiff ' +
      'palette-1c-8b.tiff quad-lzw-compat.tiff quad-tile.jpg.tiff rgb-3c-16b.tiff rgb-3c-8b.tiff ' +
      'test_ifd_loop_to_first.tif test_ifd_loop_to_self.tif test_two_ifds.tif testfax4.tiff ' +
      'tiff_with_subifd_chain.tif',
    UNSUPPORTED_MEDIA_TYPE:
      'ojpeg_chewey_subsamp21_multi_strip.tiff ojpeg_single_strip_no_rowsperstrip.tiff ' +
      'ojpeg_zackthecat_subsamp22_single_strip.tiff test_float64_predictor2_be_lzw.tif ' +
      'test_float64_predictor2_le_lzw.tif',
  },
  pngsuite: {
    OK:
      'basn0g01.png basn0g02.png basn0g04.png basn0g08.png basn0g16.png basn2c08.png basn2c16.png ' +
      'basn3p01.png basn3p02.png basn3p04.png basn3p08.png basn4a08.png basn4a16.png basn6a08.png ' +
      'basn6a16.png ftbbn0g01.png ftbbn0g02.png ftbbn0g04.png ftbbn2c16.png ftbbn3p08.png ' +
      'ftbgn2c16.png ftbgn3p08.png ftbrn2c08.png ftbwn0g16.png ftbwn3p08.png ftbyn3p08.png ' +
      'ftp0n0g08.png ftp0n2c08.png ftp0n3p08.png ftp1n3p08.png ibasn0g08.png ibasn0g16.png ' +
      'ibasn2c08.png ibasn2c16.png ibasn3p08.png ibasn4a08.png ibasn4a16.png ibasn6a08.png ' +
      'ibasn6a16.png iftbbn2c16.png iftbbn3p08.png iftbgn2c16.png iftbgn3p08.png iftbrn2c08.png ' +
      'iftbwn0g16.png iftbwn3p08.png iftbyn3p08.png iftp0n0g08.png iftp0n2c08.png iftp0n3p08.png ' +
      'iftp1n3p08.png',
  },
  sharp_fixtures: {
    OK:
      '16-bit-grey-alpha.png 2x2_fdcce6.png 320x240.jpg 5_webp_a.webp 8bit_depth.tiff ' +
      'Channel_digital_image_CMYK_color.jpg Channel_digital_image_CMYK_color_no_profile.jpg ' +
      'Flag_of_the_Netherlands-16bit.png Flag_of_the_Netherlands-alpha.png ' +
      'Flag_of_the_Netherlands.png G31D.TIF G31D_MULTI.TIF Landscape_1.jpg Landscape_2.jpg ' +
      'Landscape_3.jpg Landscape_4.jpg Landscape_5.jpg Landscape_6.jpg Landscape_7.jpg ' +
      'Landscape_8.jpg Landscape_9.jpg Portrait_1.jpg Portrait_2.jpg Portrait_3.jpg Portrait_4.jpg ' +
      'Portrait_5.jpg Portrait_6.jpg Portrait_7.jpg Portrait_8.jpg animated-loop-3.gif ' +
      'animated-loop-3.webp bandbool.png bgbn4a08.png bggn4a16.png big-height.webp bonne.geo.tif ' +
      'booleanTest.jpg centered_image.jpeg cielab-dagams.tiff concert.jpg dot-and-lines.png ' +
      'flowers.jpeg fogra-0-100-100-0.tif full-transparent.png grey-8bit-alpha.png ' +
      'grey-plus-alpha.gif input.above.composite.premultiplied.png ' +
      'input.below.composite.premultiplied.png p3.png pitm.avif prophoto.png random.jpg ' +
      'rotating-squares.gif rotating-squares.webp sdr_cosmos12920_cicp1-13-6_yuv444_full_qp10.avif ' +
      'slight-gradient-border.png stripesH.png stripesV.png swiss.png tbgn2c16.png ' +
      'testJoinChannel.png testimgl.jpg thRandom.jpg tifftag-photoshop.tiff trim-mc.png',
    TRUNCATED_IMAGE: 'corrupt-header.jpg truncated.jpg truncated.png',
    UNSUPPORTED_MEDIA_TYPE: 'relax.jp2 relax_tileparts.jp2',
  },
  skimage_data: {
    OK:
      '_blobs_3d_fiji_skeleton.tif cell.png chessboard_GRAY_U16.tif chessboard_GRAY_U16B.tif ' +
      'foo3x5x4indexed.png ihc.png microaneurysms.png multipage.tif no_time_for_that_tiny.gif ' +
      'palette_color.png palette_gray.png retina.jpg',
    UNSUPPORTED_MEDIA_TYPE: 'multipage_rgb.tif',
    TRUNCATED_IMAGE: 'truncated.jpg',
  },
};

const NO_SIXTEEN_BIT_COLOUR =
  'Pillow 9.4 squeezes 16-bit RGB, RGBA and grey with alpha to 8 bits; here they stay 16-bit';
const TRANSPARENT_COLOUR =
  'Pillow keeps the transparent colour of tRNS beside the pixels; here it becomes an alpha channel';
const FORMAT_UNKNOWN_TO_PILLOW = 'a valid file of a kind that Pillow 9.4 does not read';

/** Where the probe and Pillow 9.4 (`manifest.csv`) legitimately differ, and why. */
export const DIFFERENCES: readonly {
  readonly files: string;
  readonly in: readonly string[];
  readonly why: string;
}[] = [
  {
    files:
      'libtiff_test/rgb-3c-16b.tiff pngsuite/basn2c16.png pngsuite/basn6a16.png pngsuite/ibasn2c16.png ' +
      'pngsuite/ibasn6a16.png sharp_fixtures/Flag_of_the_Netherlands-16bit.png sharp_fixtures/tifftag-photoshop.tiff',
    in: ['bitDepth'],
    why: NO_SIXTEEN_BIT_COLOUR,
  },
  {
    files:
      'pngsuite/basn4a16.png pngsuite/ibasn4a16.png sharp_fixtures/16-bit-grey-alpha.png sharp_fixtures/bggn4a16.png',
    in: ['bitDepth', 'channels'],
    why: `${NO_SIXTEEN_BIT_COLOUR}, and grey stays grey`,
  },
  {
    files:
      'pngsuite/ftbbn0g01.png pngsuite/ftbbn0g02.png pngsuite/ftbbn0g04.png pngsuite/ftbrn2c08.png ' +
      'pngsuite/ftbwn0g16.png pngsuite/iftbrn2c08.png pngsuite/iftbwn0g16.png',
    in: ['channels'],
    why: TRANSPARENT_COLOUR,
  },
  {
    files:
      'pngsuite/ftbbn2c16.png pngsuite/ftbgn2c16.png pngsuite/iftbbn2c16.png pngsuite/iftbgn2c16.png ' +
      'sharp_fixtures/tbgn2c16.png',
    in: ['bitDepth', 'channels'],
    why: `${NO_SIXTEEN_BIT_COLOUR}; ${TRANSPARENT_COLOUR}`,
  },
  {
    files: 'skimage_data/ihc.png',
    in: ['orientation'],
    why: 'Pillow takes the orientation 1 from XMP; EXIF states none',
  },
  {
    files:
      'libpng_crashers/empty_ancillary_chunks.png libtiff_test/logluv-3c-16b.tiff sharp_fixtures/cielab-dagams.tiff ' +
      'libtiff_test/minisblack-2c-8b-alpha.tiff sharp_fixtures/pitm.avif ' +
      'sharp_fixtures/sdr_cosmos12920_cicp1-13-6_yuv444_full_qp10.avif',
    in: ['decodes'],
    why: FORMAT_UNKNOWN_TO_PILLOW,
  },
  {
    files: 'sharp_fixtures/testimgl.jpg',
    in: ['decodes'],
    why: 'lossless JPEG (SOF3), which libjpeg-turbo reads and Pillow 9.4 does not',
  },
  {
    files: 'libpng_crashers/badadler.png libpng_crashers/badcrc.png libpng_crashers/huge_IDAT.png',
    in: ['decodes'],
    why: 'Pillow does not check the CRC, the checksum or the length of these chunks; the files are damaged',
  },
  {
    files:
      'libtiff_test/ojpeg_chewey_subsamp21_multi_strip.tiff libtiff_test/ojpeg_single_strip_no_rowsperstrip.tiff ' +
      'libtiff_test/ojpeg_zackthecat_subsamp22_single_strip.tiff',
    in: ['decodes'],
    why: 'old-style JPEG in TIFF: refused, because this decoder returns black rows for it',
  },
  {
    files: 'sharp_fixtures/relax.jp2 sharp_fixtures/relax_tileparts.jp2',
    in: ['decodes'],
    why: 'JPEG 2000 is not in this decoder',
  },
];
