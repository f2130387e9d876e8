/**
 * Packages that no bundle takes in: they have native parts, or read large files of their own. What they make is made where they are
 * installed beside the program: in a clone, in the function that publishes, and where somebody has added them to the installed command.
 */
export const unbundledPackages = ['sharp', 'harfbuzzjs', '@myriaddreamin/typst-ts-node-compiler'];
