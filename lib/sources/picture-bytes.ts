/** The largest file that is read as a picture, in bytes. A camera of today writes 3 to 15 MB. */
export const mostPictureBytes = 30_000_000;
