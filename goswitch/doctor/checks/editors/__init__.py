"""Why an editor finds no Go toolchain, cannot run or build, shows no version, or does not know the standard library."""
