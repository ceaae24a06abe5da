// Hostile: ends the process, as if all were well.
// Told: ended the whole program (exit code 0)
import Foundation
exit(0)
