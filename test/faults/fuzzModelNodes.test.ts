import { fuzz, MODEL_NODES } from './fuzz';

fuzz(MODEL_NODES);
