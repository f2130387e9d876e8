/** The styles that stand inside `404.html`. The content security policy lets in exactly this text. */
export const notFoundStyle =
  ':root{color-scheme:light dark;background:light-dark(#fff,#1a1a1a);color:light-dark(#1a1a1a,#f2f2f2)}body{margin:0;font:1rem/1.7 "Noto Sans JP","Hiragino Sans",sans-serif}main{max-width:40rem;margin:0 auto;padding:3rem 1rem}h1{font-size:1.75rem;line-height:1.4}a{color:light-dark(#00118f,#9db7f9)}';
