// Hostile: starts programs that outlive it, one of them in a session of its own.
// Told: ended, with children left behind
import Foundation
for flags in [0, 0x80] {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    posix_spawnattr_setflags(&attributes, Int16(flags))
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("/bin/sleep"), strdup("987"), nil]
    posix_spawn(nil, "/bin/sleep", nil, &attributes, &arguments, environ)
}
fatalError("ended, with children left behind")
