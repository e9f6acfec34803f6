import { fuzz, OTHER_NODES } from './fuzz';

fuzz(OTHER_NODES);
