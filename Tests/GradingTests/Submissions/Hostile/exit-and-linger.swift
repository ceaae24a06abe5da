// Hostile: ends the process, and loops in what runs at the end.
// Told: an endless loop
import Foundation
atexit { while true {} }
exit(0)
