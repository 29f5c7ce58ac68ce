"""What the engine reaches, measured on real and generated data, beside others in the same run."""
