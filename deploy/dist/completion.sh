#!/bin/sh
# What is made of the built jar for all packages: the completion scripts. Called by ./mvnw -Pdist.
set -eu
mkdir -p target/dist/completion
for shell in bash zsh; do
  "${JAVA_HOME:+$JAVA_HOME/bin/}java" -jar target/migrator.jar completion "$shell" >"target/dist/completion/migrator.$shell"
done
