/** The operator's console. */
import '@kit/fonts.css';
import '@kit/tokens.css';
import './console.css';
import { applyTheme, themeOf } from '@kit/theme';
import { mount } from 'svelte';
import App from './App.svelte';

applyTheme(themeOf(new URLSearchParams(location.search).get('theme')));

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');
mount(App, { target });
