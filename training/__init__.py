"""How the models that Sabai ships are made, from texts that anybody may get; scikit-learn is needed only here."""
