"""What somebody was named, trained or attached to: posts, organisations, designations, training."""
