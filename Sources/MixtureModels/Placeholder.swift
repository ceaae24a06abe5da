// Placeholder so that the package resolves while its modules are being written.
