// Hostile: kills itself.
// Told: killed
import Foundation
raise(SIGKILL)
