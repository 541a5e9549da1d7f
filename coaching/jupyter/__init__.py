"""What Jupyter needs: the notebooks' API, the launcher, the lock, the server's extension and start-up."""
