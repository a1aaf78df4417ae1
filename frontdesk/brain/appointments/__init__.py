"""An appointment that there is: to be moved, called off, or had with somebody else."""
