import { simulateShare } from './simulation.ts'

simulateShare(3)
