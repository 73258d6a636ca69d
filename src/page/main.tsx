import { render } from 'preact';
import { Application } from './application.tsx';
import './style/colours.css';
import './style/layout.css';
import './style/parts.css';
import './style/plots.css';

render(<Application />, document.querySelector('#page')!);
