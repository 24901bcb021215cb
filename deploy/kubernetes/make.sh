#!/bin/sh
# Makes migrator.yaml of the chart, with its values as they are: for those who have no Helm, and for reviews.
set -eu
cd "$(dirname "$0")/../.."
PATH=${MIGRATOR_LAB_CACHE:-$HOME/.cache/migrator-lab}/tools:$PATH
{
  echo "# Made of deploy/helm/migrator by deploy/kubernetes/make.sh; a test holds both against each other. Change the ConfigMaps,"
  echo "# make the Secret 'migrator' with the key 'secretAccessKey', then: kubectl apply -n NAMESPACE -f deploy/kubernetes/migrator.yaml"
  helm template migrator deploy/helm/migrator --skip-tests --kube-version 1.31.0
} >deploy/kubernetes/migrator.yaml.new
mv deploy/kubernetes/migrator.yaml.new deploy/kubernetes/migrator.yaml
