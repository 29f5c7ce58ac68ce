"""The stories played through the services, one act after the other, as people would."""
