"""The shell: everything that touches the world. The pure core is in `dialogs` and `knowledge`."""
