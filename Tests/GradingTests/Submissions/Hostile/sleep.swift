// Hostile: sleeps without end, without using the processor.
// Told: did not return within
import Foundation
while true { sleep(1) }
