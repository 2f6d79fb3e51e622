/** The colours of the page: dark by default, Okabe and Ito's by `?theme=okabe-ito`. */

export const THEMES = ['default', 'okabe-ito'] as const;
export type Theme = (typeof THEMES)[number];

export function themeOf(text: string | null): Theme {
  return THEMES.find((theme) => theme === text) ?? 'default';
}

export function applyTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
}
