/** The hall display: `/display/`, paired by `#token=…` or public on the hall's own network. */
import '@kit/fonts.css';
import '@kit/tokens.css';
import './display.css';
import { applyTheme } from '@kit/theme';
import { takeToken } from '@kit/token';
import { mount } from 'svelte';
import App from './App.svelte';
import { optionsOf } from './options';

const options = optionsOf(location.search, navigator.language);
applyTheme(options.theme);
document.documentElement.classList.toggle('transparent', options.transparent);
mount(App, { target: document.body, props: { options, token: takeToken('display') } });
