/**
 * The page that checks a ballot which a seat opened: `/check/`, or the same files from anywhere.
 *
 * Rule: what is checked comes from the address behind `#`, from a field or from a file, and goes
 * nowhere. Once it is loaded, the page asks no server for anything.
 *
 * How independent it is. Of the seat's program it shares the group's published parameters, and the
 * library that hashes; it reads the text, makes the ballot and compares with code of its own, in
 * the order of the specification and without the seat's tables and preparations. Whoever does not
 * trust the hall that serves it takes a saved copy, or `hemicycle check-ballot`.
 */
import '@kit/fonts.css';
import '@kit/tokens.css';
import './check.css';
import { applyTheme, themeOf } from '@kit/theme';
import { mount } from 'svelte';
import App from './App.svelte';

applyTheme(themeOf(new URLSearchParams(location.search).get('theme')));

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no element #app');
// A browser that saves a page saves what stands in it, too.
target.replaceChildren();
mount(App, { target });
