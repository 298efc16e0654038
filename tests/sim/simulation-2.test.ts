import { simulateShare } from './simulation.ts'

simulateShare(1)
