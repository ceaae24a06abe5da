// Hostile: raises a signal.
// Told: crashed (signal 6)
import Foundation
raise(SIGABRT)
